"""The shipped encoder knows fifteen languages: everyday city sentences find their English side in each of them."""

import numpy as np
import pytest

from knowledge.static import StaticEncoder

ENGLISH = [
    "Where can I see a doctor at night?",
    "There will be no water in our street tomorrow morning.",
    "When does the library open on Sunday?",
    "Call the fire brigade, the house is on fire!",
    "How much is a bus ticket?",
    "The mayor met guests from other cities.",
]
TRANSLATIONS = {
    "zh-Hant": [
        "晚上哪裡可以看醫生？",
        "明天早上我們這條街沒有水。",
        "圖書館星期日幾點開門？",
        "快叫消防隊，房子失火了！",
        "公車票多少錢？",
        "市長接見了其他城市的來賓。",
    ],
    "zh-Hans": [
        "晚上哪里可以看医生？",
        "明天早上我们这条街没有水。",
        "图书馆星期日几点开门？",
        "快叫消防队，房子着火了！",
        "公交车票多少钱？",
        "市长会见了其他城市的来宾。",
    ],
    "ja": [
        "夜に医者に診てもらえる所はどこですか。",
        "明日の朝、うちの通りは水が出ません。",
        "図書館は日曜日、何時に開きますか。",
        "消防署に電話して、家が火事です！",
        "バスの運賃はいくらですか。",
        "市長は他の都市からの来客と会いました。",
    ],
    "ko": [
        "밤에 의사 진료를 받을 수 있는 곳이 어디예요?",
        "내일 아침 우리 동네 거리에는 물이 나오지 않습니다.",
        "도서관은 일요일에 몇 시에 여나요?",
        "소방서에 전화하세요, 집에 불이 났어요!",
        "버스표는 얼마예요?",
        "시장이 다른 도시에서 온 손님들을 만났습니다.",
    ],
    "vi": [
        "Ban đêm tôi có thể đi khám bác sĩ ở đâu?",
        "Sáng mai con phố của chúng tôi không có nước.",
        "Thư viện mở cửa lúc mấy giờ vào chủ nhật?",
        "Hãy gọi cứu hỏa, ngôi nhà đang cháy!",
        "Vé xe buýt giá bao nhiêu?",
        "Thị trưởng đã gặp khách từ các thành phố khác.",
    ],
    "id": [
        "Di mana saya bisa menemui dokter pada malam hari?",
        "Besok pagi air mati di jalan kami.",
        "Pukul berapa perpustakaan buka pada hari Minggu?",
        "Panggil pemadam kebakaran, rumah itu terbakar!",
        "Berapa harga tiket bus?",
        "Wali kota bertemu tamu dari kota-kota lain.",
    ],
    "th": [
        "ตอนกลางคืนฉันไปหาหมอได้ที่ไหน",
        "พรุ่งนี้เช้าถนนแถวบ้านเราน้ำไม่ไหล",
        "วันอาทิตย์ห้องสมุดเปิดกี่โมง",
        "โทรเรียกหน่วยดับเพลิง บ้านไฟไหม้",
        "ตั๋วรถเมล์ราคาเท่าไหร่",
        "นายกเทศมนตรีพบแขกจากเมืองอื่น",
    ],
    "fr": [
        "Où puis-je voir un médecin la nuit ?",
        "Il n'y aura pas d'eau dans notre rue demain matin.",
        "À quelle heure la bibliothèque ouvre-t-elle le dimanche ?",
        "Appelez les pompiers, la maison est en feu !",
        "Combien coûte un ticket de bus ?",
        "Le maire a rencontré des invités d'autres villes.",
    ],
    "pl": [
        "Gdzie mogę pójść do lekarza w nocy?",
        "Jutro rano na naszej ulicy nie będzie wody.",
        "O której godzinie otwiera się biblioteka w niedzielę?",
        "Wezwij straż pożarną, dom się pali!",
        "Ile kosztuje bilet na autobus?",
        "Burmistrz spotkał się z gośćmi z innych miast.",
    ],
    "tr": [
        "Gece nerede doktora görünebilirim?",
        "Yarın sabah sokağımızda su olmayacak.",
        "Kütüphane pazar günü saat kaçta açılıyor?",
        "İtfaiyeyi arayın, ev yanıyor!",
        "Otobüs bileti ne kadar?",
        "Belediye başkanı başka şehirlerden gelen konuklarla görüştü.",
    ],
    "el": [
        "Πού μπορώ να δω γιατρό τη νύχτα;",
        "Αύριο το πρωί δεν θα έχουμε νερό στον δρόμο μας.",
        "Τι ώρα ανοίγει η βιβλιοθήκη την Κυριακή;",
        "Καλέστε την πυροσβεστική, το σπίτι έχει πάρει φωτιά!",
        "Πόσο κοστίζει το εισιτήριο του λεωφορείου;",
        "Ο δήμαρχος συνάντησε επισκέπτες από άλλες πόλεις.",
    ],
    "ar": [
        "أين يمكنني مراجعة طبيب في الليل؟",
        "لن يكون هناك ماء في شارعنا صباح الغد.",
        "متى تفتح المكتبة يوم الأحد؟",
        "اتصل بالإطفاء، البيت يحترق!",
        "كم سعر تذكرة الحافلة؟",
        "التقى رئيس البلدية ضيوفا من مدن أخرى.",
    ],
    "es": [
        "¿Dónde puedo ver a un médico por la noche?",
        "Mañana por la mañana no habrá agua en nuestra calle.",
        "¿A qué hora abre la biblioteca el domingo?",
        "¡Llame a los bomberos, la casa está en llamas!",
        "¿Cuánto cuesta un billete de autobús?",
        "El alcalde se reunió con invitados de otras ciudades.",
    ],
    "de": [
        "Wo kann ich nachts zu einem Arzt gehen?",
        "Morgen früh gibt es in unserer Straße kein Wasser.",
        "Wann öffnet die Bibliothek am Sonntag?",
        "Rufen Sie die Feuerwehr, das Haus brennt!",
        "Wie viel kostet eine Fahrkarte für den Bus?",
        "Der Bürgermeister traf Gäste aus anderen Städten.",
    ],
}


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    """The shipped model."""
    return StaticEncoder()


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_city_sentences_find_their_english_side(encoder: StaticEncoder, language: str) -> None:
    """At least five of six; the sentences are of no training data."""
    scores = encoder.encode(TRANSLATIONS[language]) @ encoder.encode(ENGLISH).T
    assert (scores.argmax(axis=1) == np.arange(len(ENGLISH))).sum() >= 5, np.round(scores, 2)


def test_two_languages_meet_without_english(encoder: StaticEncoder) -> None:
    """What a delegate asks in Polish may be told in Chinese only."""
    scores = encoder.encode(TRANSLATIONS["pl"]) @ encoder.encode(TRANSLATIONS["zh-Hant"]).T
    assert (scores.argmax(axis=1) == np.arange(len(ENGLISH))).sum() >= 5, np.round(scores, 2)
