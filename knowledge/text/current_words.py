"""Words that say that a question is about what holds now or comes next, in fifteen languages.

A `*` at the end stands for any ending. Chinese, Japanese, Korean and Thai are matched anywhere in the text, the
others as whole words.
"""

from typing import Final

UNSPACED: Final[dict[str, str]] = {
    # Simplified Chinese is met through folding.
    "zh": "最新|最近|今天|今日|今晚|本週|本周|這週|這周|這禮拜|這星期|這個月|這幾天|本月|今年|本年度|現在|目前|現行|"
    "當前|即將|近期|近日|接下來|明天|明日|後天|下週|下周|下禮拜|下星期|下個月|還有沒有|還在嗎|仍然",
    "ja": "最新|最近|今日|本日|今夜|今週|今月|今年|現在|今すぐ|今の|今は|今も|これから|近日|今後|次回|次の|明日|"
    "あした|明後日|来週|来月|まだ|直近|このごろ",
    "ko": "최신|최근|오늘|내일|모레|지금|현재|이번 주|이번 달|올해|요즘|앞으로|다음 주|다음 달|곧|아직|예정",
    "th": "ล่าสุด|วันนี้|คืนนี้|ตอนนี้|ขณะนี้|ปัจจุบัน|สัปดาห์นี้|อาทิตย์นี้|เดือนนี้|ปีนี้|พรุ่งนี้|สัปดาห์หน้า|เดือนหน้า|เร็วๆ นี้|กำลังจะ|ช่วงนี้",
}

SPACED: Final[dict[str, str]] = {
    "en": "latest|newest|recent|recently|today|tonight|tomorrow|now|nowadays|current|currently|upcoming|coming up|"
    "this week|this weekend|this month|this year|next week|next month|next year|the next|these days|at the moment|"
    "at present|right now|soon|still|up to date",
    "de": "jetzt|heute|morgen|aktuell*|derzeit|zurzeit|zur zeit|momentan|gegenwärtig|neueste*|neuste*|kürzlich|"
    "diese woche|dieser woche|diesen monat|diesem monat|dieses jahr|nächste woche|am wochenende|dieses wochenende|"
    "nächsten monat|demnächst|kommende*|bald|immer noch|noch immer",
    "fr": "maintenant|aujourd'hui|demain|actuel*|en ce moment|récent*|récemment|dernières nouvelles|"
    "dernières actualités|cette semaine|ce mois|cette année|semaine prochaine|mois prochain|année prochaine|à venir|"
    "bientôt|prochainement|prochaine édition|prochaine visite|prochains jours|ce week-end|toujours ouvert*",
    "es": "ahora|hoy|mañana|actualmente|actualidad|en este momento|reciente*|últimas noticias|lo último|más reciente*|"
    "esta semana|este mes|este año|próximamente|próxima edición|próxima visita|próximos días|este fin de semana|"
    "semana que viene|próxima semana|próximo mes|próximo año|todavía|aún",
    "pl": "teraz|dzisiaj|dziś|jutro|aktualn*|obecnie|najnowsz*|ostatnio|w tym tygodniu|w tym miesiącu|w tym roku|"
    "w przyszłym tygodniu|nadchodząc*|najbliższych dniach|najbliższym czasie|najbliższy termin|najbliższe wydarzenia|"
    "w weekend|w ten weekend|wkrótce|nadal|wciąż",
    "tr": "şimdi|şu an|şu anda|şu anki|şu andaki|bugün*|yarın*|bu hafta*|bu ay|bu yıl|en son|son haberler|son dakika|"
    "güncel*|yaklaşan|hafta sonu|bu hafta sonu|önümüzdeki|gelecek hafta|hâlen",
    "id": "sekarang|saat ini|hari ini|besok|terbaru|terkini|baru-baru ini|minggu ini|pekan ini|bulan ini|tahun ini|"
    "minggu depan|mendatang|akan datang|masih",
    "vi": "bây giờ|hiện nay|hiện tại|hôm nay|ngày mai|mới nhất|gần đây|tuần này|tháng này|năm nay|tuần tới|tháng tới|"
    "sắp tới|sắp diễn ra|vẫn còn",
    "el": "τώρα|σήμερα|αύριο|πρόσφατ*|τελευταία νέα|τελευταίες ειδήσεις|αυτή την εβδομάδα|αυτή τη βδομάδα|"
    "αυτόν τον μήνα|φέτος|επόμεν*|προσεχώς|προσεχή|προσεχείς|το σαββατοκύριακο|ακόμα|ακόμη|αυτή τη στιγμή",
    "ar": "الآن|حاليا|اليوم|غدا|أحدث|آخر الأخبار|مؤخرا|هذا الأسبوع|هذا الشهر|هذا العام|هذه السنة|نهاية الأسبوع|"
    "الأسبوع القادم|القادم|القادمة|المقبل|المقبلة|قريبا|لا يزال|لا تزال",
}

NEXT_YEAR_UNSPACED: Final[dict[str, str]] = {
    "zh": "明年|後年|下一屆|下屆",
    "ja": "来年|再来年|次回の開催|次の開催",
    "ko": "내년|후년|다음 해|다음 회",
    "th": "ปีหน้า|ครั้งหน้า|ครั้งต่อไป",
}
"""What asks for another time than the one that was: it is not answered by what took place."""

NEXT_YEAR_SPACED: Final[dict[str, str]] = {
    "en": "next year|next year's|the year after|next edition|next time around",
    "de": "nächstes jahr|nächsten jahr|nächsten jahres|im kommenden jahr|nächste ausgabe|nächste auflage",
    "fr": "année prochaine|an prochain|prochaine édition",
    "es": "próximo año|año que viene|próxima edición",
    "pl": "w przyszłym roku|za rok|przyszłoroczn*|następna edycja|kolejna edycja",
    "tr": "gelecek yıl*|seneye|gelecek sene*|önümüzdeki yıl*",
    "id": "tahun depan|tahun mendatang|edisi berikutnya",
    "vi": "năm sau|năm tới|sang năm|kỳ tới",
    "el": "του χρόνου|την επόμενη χρονιά|επόμενο έτος|επόμενη διοργάνωση",
    "ar": "العام القادم|السنة القادمة|العام المقبل|السنة المقبلة|الدورة القادمة",
}

NOT_MEANT: Final = (
    "good morning|guten morgen|am morgen|por la mañana|de la mañana|next to|not now|just now|until now|up to now"
)
"""Taken out before the words are looked for: in these they mean something else."""
