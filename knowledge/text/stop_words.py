"""Words that only ask or only hold a sentence together, in the fifteen languages; they match nothing.

One list for all languages, as neither an index nor a question of three words says which it is in. So a word stands
here only when it means nothing more in any of them: not `die` (German article, English verb), `on` (Turkish "ten"),
`su` (Spanish "his", Turkish "water"), `an` (English article, half of Vietnamese "safety"), `du`, `para`, `son`, `war`,
`ten`, nor numbers. Compared with accents on, which keeps `là` and `số` apart from `la` and `so`. Ready-made lists were
looked at (spaCy's): they hold nouns (Vietnamese "water" and "house", English "name" and "top").

In scripts without spaces the same is done by patterns, and only where the characters cannot be part of a word.
"""

import re

_BY_LANGUAGE = {
    "en": "a the and or but if of in at to from for with by about into as than that this these those it its he "
    "she they them their his her him we us our you your i my is are was were be been being am do does did "
    "have has had can could may might must shall should will would not so there here what which who whom "
    "whose when where why how please tell s t d ll re ve",
    "de": "der das dem des ein eine einen einem einer eines und oder ist sind wird werden wurde wurden im am "
    "auf aus bei mit nach von vom zu zum zur für über wie wer wen wem wann wo warum wieso wohin woher "
    "wessen wofür womit wodurch worin welchem welche welcher welches welchen wieviel ich sie er es wir nicht kann "
    "können gibt",
    "es": "la los las un una unos unas de del en y es que qué cuál cuáles cual quién quiénes quien cómo como "
    "cuándo cuando dónde donde cuánto cuántos cuánta cuántas por con se sus al lo está están fue",
    "fr": "le les une des est sont ce cet cette ces qui quoi quel quelle quels quelles où quand combien "
    "pourquoi dans pour par avec au aux il elle ils elles je vous nous votre vos notre nos sera l qu",
    "pl": "w we z ze na od po za przez dla o u i oraz lub ale nie jest są był była było były się tego tej tym "
    "jak jaki jaka jakie jakich jakiego jakiej jakim co kto kogo kim czym czego komu ilu skąd gdzie kiedy dlaczego "
    "czy ile który która które których którego której którym może "
    "można",
    "tr": "ve veya ile bir bu şu da mi mı mu mü ne nedir neden niçin nasıl nasil nerede nereye nereden kimdir "
    "hangi hangisi hangisidir hangileri kimin kime nelerdir kaç için icin gibi olan olarak var mıdır midir",
    "vi": "là gì của và có các những được cho ở nào đâu nhiêu khi với này đó trong từ như bởi",
    "id": "yang ke dari dan atau untuk dengan pada adalah itu ini apa apakah siapa kapan bagaimana mengapa "
    "kenapa dimana mana berapa berapakah siapakah akan oleh dalam tidak",
    "el": "ο η το οι τα του της των τον την τους τις στο στη στην στον στα στους στις και ή να θα για από με σε "
    "που πού τι ποιος ποια ποιο ποιοι ποιες ποιους ποιον ποιας ποιου ποιων ποιανού τίνος πότε πώς πως γιατί "
    "πόσο πόσοι πόσες πόσα πόσος πόση πόσης πόσου πόσων πόσους όταν όπου είναι "
    "ήταν έχει δεν μη ως ότι αν ένα ένας μια μία",
    "ar": "في من على إلى الى عن مع أو او و هل ما ماذا متى أين اين كيف كم لماذا أي اي هو هي هذا هذه ذلك التي "
    "الذي أية لمن ماهو ماهي أن ان إن كان كانت يكون لا لم قد هناك",
}

STOP_WORDS = frozenset(word.replace("ς", "σ") for words in _BY_LANGUAGE.values() for word in words.split())
"""Case folded (so σ for ς), with their accents."""

_KOREAN = (
    "무엇 뭐 어디 언제 누구 누가 어떻게 왜 어떤 어느 무슨 얼마 얼마나 있나요 있습니까 인가요 입니까 하나요 주세요 "
    "알려주세요 알려 궁금합니다 궁금해요 싶어요 싶습니다 되나요 어디서 몇 대해 대해서 대한 관해 관한 및 또는 "
    "그리고 것 수 있는 하는"
)
KOREAN_STOP_WORDS = frozenset(_KOREAN.split())
"""Runs of Hangul, their particle taken off, that say nothing of the subject."""

CHINESE_FILLER = re.compile(
    "(?=[什甚怎为请哪有是可能会想告介一如任何第几多我你的谁吗呢吧啊呀])(?:"
    "[什甚]么(?:时候|地方)?|怎么样|怎样|怎么|为(?:[什甚]么|何)|请(?:介绍|问|教)|"
    "哪(?![吒咤怕])[里些一两几]?[个位种边儿项座部支]?|有(?:没有|哪些)|是(?:不是|否)|"
    "[任如]何|何(?:时(?!间)|地|处|者|种|谓|以)|(?<=[于在有以从自由因])何|"
    "第?几[个位种]|"
    "可(?:不可以|以|否)|能(?:不能|否)|会不会|想知道|告诉我|介绍一下|一下|多[少久]|我[想要]|你们|谁|"
    "的(?<![目标中]的)(?![士确])|是(?![非正])|[吗呢吧啊呀](?<![酒网]吧)(?![\u4e00-\u9fff]))"
)
"""Folded to Simplified. A lone 的 or 是 joins; not so in 目的, 标的, 的士 or 是非. 何人 and 几天 stay whole: an entry's
questions ask so too, and what is counted tells them apart. Nothing here is Japanese for something else: 終了 keeps its
了. (The lookahead lets the search skip all other characters.)"""

_ASKED = (
    "(?:どのよう(?:な|に)|ど[のれ](?:くらい|ぐらい|ほど)|どうい[うっ]た?|どんな|どこ|(?<!の)どの|どれ|どちら|どなた|どうして|"
    "どう|いつごろ|いつ|いくつ|なに(?=[かがを])|なん|なぜ|だれ)"
)
_TOPIC = "(?:の?[はがをにでともへ]|の|から|って|とは|では|には)"
_ASKED_END = "(?:から|まで|という|といい|ごろ|です|である|[かがのにでをへとは]){0,4}(?![ぁ-ん])"
_DOES = "(?:する|した|しま(?:す|した)|される|されました|された|され|(?:し|され)て(?:いる|いた|い|います)?)"
JAPANESE_FILLER = re.compile(
    "(?=[教くでまとはって何どいだをがにのもへやかしさすな])(?:"
    f"(?:{_TOPIC}|(?<![ぁ-ん])){_ASKED}{_ASKED_END}|"
    f"{_TOPIC}?(?<![几])何(?![\u3400-\u9fff])(?:{_ASKED_END})?|"
    "(?<=[^\\sぁ-ん]|[たるうのすだ])か(?=$|[?？。\\s])|のは(?=$|[?？。、\\s])|"
    f"(?<=[\u3400-\u9fffァ-ヶー]{{2}}){_DOES}(?=の[はが]|[^ぁ-ん]|$)|"
    "教えて(?:ください)?|ください|でしょうか|でしょう|(?:でし|まし)たか|(?:で|ま)すか|とは(?=$|[?？])|"
    "どこ(?![ぁ-んァ-ヶ])|いつ(?![ぁ-ん])|を|(?<![ぁ-ん])[はがにでのともへや](?![ぁ-ん]))"
)
"""What ends or opens a question (どこですか, のはいつか, という何), what makes a verb of a noun (発行している, not
the した of 探した), and a lone hiragana between other characters, which is a particle. A question word is one only
where its run of hiragana ends with it and a particle at most stands before: ぶどう, のどの and いつも stay. So does
what words are made of: the した of したまち, the こと of ことば, the たい of たいわん, the か of いか."""

THAI_FILLER = re.compile(
    "คืออะไร|อะไร|ที่ไหน|เมื่อไหร่|เมื่อไร|เมื่อใด|เหตุใด|อย่างไร|ยังไง|ทำไม|เท่าไหร่|เท่าไร|เท่าใด|หรือไม่|ครับ|ค่ะ|ใคร(?![\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])|"
    "ใด|(?<!เ)กี่(?!เพ้า)|ไหน|บ้าง"
)
"""Question words, "please" and "sir"; none is the beginning of another word (ไหม, also silk, and คะ stay; so does the
กี่ of เกี่ยว and กี่เพ้า)."""
