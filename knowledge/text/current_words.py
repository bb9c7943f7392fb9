"""Words that say that a question is about what holds now or comes next, in fifteen languages.

A `*` at the end stands for any ending. Chinese, Japanese, Korean and Thai are matched anywhere in the text, the
others as whole words.
"""

from typing import Final

UNSPACED: Final[dict[str, str]] = {
    # Simplified Chinese is met through folding.
    "zh": "最新|最近|今天|今日|今晚|本週|本周|這週|這周|這禮拜|這星期|這個月|這幾天|本月|今年|本年度|現在|目前|現行|"
    "當前|即將|近期|近日|接下來|明天|明日|後天|下週|下周|下禮拜|下星期|下個月|還有沒有|還在嗎|仍然",
    "ja": "最新|最近|今日|本日|今夜|今週|今月|今年|現在|今すぐ|今の|今は|今も|これから|近日|今後|次回|次の|"
    "明日|あした|明後日|来週|来月|まだ|直近|このごろ",
    "ko": "최신|최근|오늘|내일|모레|지금|현재|이번 주|이번 달|올해|요즘|앞으로|다음 주|다음 달|곧|아직|예정",
    "th": "ล่าสุด|วันนี้|คืนนี้|ตอนนี้|ขณะนี้|ปัจจุบัน|สัปดาห์นี้|อาทิตย์นี้|เดือนนี้|ปีนี้|พรุ่งนี้|สัปดาห์หน้า|เดือนหน้า|เร็วๆ นี้|กำลังจะ|ช่วงนี้",
}

SPACED: Final[dict[str, str]] = {
    "en": "latest|newest|recent|recently|today|tonight|tomorrow|now|nowadays|current|currently|upcoming|coming up|"
    "this week|this weekend|this month|this year|next week|next month|next year|the next|these days|at the moment|"
    "at present|right now|soon|still|up to date",
    "de": "jetzt|heute|morgen|aktuell*|derzeit|zurzeit|zur zeit|momentan|gegenwärtig|neueste*|neuste*|kürzlich|"
    "diese woche|dieser woche|diesen monat|diesem monat|dieses jahr|nächste woche|nächsten monat|demnächst|kommende*|"
    "bald|immer noch|noch immer",
    "fr": "maintenant|aujourd'hui|demain|actuel*|en ce moment|récent*|récemment|dernières nouvelles|"
    "dernières actualités|cette semaine|ce mois|cette année|semaine prochaine|mois prochain|à venir|bientôt|prochain*|"
    "toujours ouvert*",
    "es": "ahora|hoy|mañana|actualmente|actualidad|en este momento|reciente*|últimas noticias|lo último|más reciente*|"
    "esta semana|este mes|este año|próxim*|semana que viene|todavía|aún",
    "pl": "teraz|dzisiaj|dziś|jutro|aktualn*|obecnie|najnowsz*|ostatnio|w tym tygodniu|w tym miesiącu|w tym roku|"
    "w przyszłym tygodniu|nadchodząc*|najbliższ*|wkrótce|nadal|wciąż",
    "tr": "şimdi|şu an*|bugün*|yarın*|bu hafta*|bu ay|bu yıl|en son|son haberler|son dakika|güncel*|yakında|yaklaşan|"
    "önümüzdeki|gelecek hafta|hâlen",
    "id": "sekarang|saat ini|hari ini|besok|terbaru|terkini|baru-baru ini|minggu ini|pekan ini|bulan ini|tahun ini|"
    "minggu depan|mendatang|akan datang|masih",
    "vi": "bây giờ|hiện nay|hiện tại|hôm nay|ngày mai|mới nhất|gần đây|tuần này|tháng này|năm nay|tuần tới|tháng tới|"
    "sắp tới|sắp diễn ra|vẫn còn",
    "el": "τώρα|σήμερα|αύριο|πρόσφατ*|τελευταία νέα|τελευταίες ειδήσεις|αυτή την εβδομάδα|αυτή τη βδομάδα|"
    "αυτόν τον μήνα|φέτος|επόμεν*|προσεχ*|ακόμα|ακόμη|αυτή τη στιγμή",
    "ar": "الآن|حاليا|اليوم|غدا|أحدث|آخر الأخبار|مؤخرا|هذا الأسبوع|هذا الشهر|هذا العام|هذه السنة|الأسبوع القادم|"
    "القادم|القادمة|المقبل|المقبلة|قريبا|لا يزال|لا تزال",
}

NOT_MEANT: Final = (
    "good morning|guten morgen|am morgen|por la mañana|de la mañana|next to|not now|just now|until now|up to now"
)
"""Taken out before the words are looked for: in these they mean something else."""
