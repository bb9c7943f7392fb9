"""Words that ask what something costs, and words that tell it, in fifteen languages.

A `*` at the end stands for any ending. Chinese, Japanese, Korean and Thai are matched anywhere in the text, the
others as whole words. Simplified Chinese is met through folding.
"""

from typing import Final

ASKS_UNSPACED: Final[dict[str, str]] = {
    "zh": "多少錢|幾塊錢|幾元|多少元|費用|價格|價錢|票價|車資|收費|要錢|要付錢|要付多少|花多少|花了多少|預算|薪水|"
    "薪資|月薪|年薪|股價|租金|房價|罰多少|學費|押金|補助多少",
    "ja": "いくら|値段|料金|費用|価格|予算|年俸|給料|月給|参加費|入場料|運賃|家賃|株価|何円|有料|お金",
    "ko": "얼마예요|얼마에요|얼마인가요|얼마죠|얼마야|얼마입니까|얼마나 들|얼마 들|가격|요금|비용|예산|입장료|월급|"
    "연봉|임대료|주가|유료|돈을 내",
    "th": "ราคา|ค่าใช้จ่าย|กี่บาท|เท่าไหร่บาท|งบประมาณ|ค่าธรรมเนียม|เงินเดือน|ค่าโดยสาร|ค่าเข้า|ค่าเช่า|ค่าตั๋ว|เสียเงิน",
}

ASKS_SPACED: Final[dict[str, str]] = {
    "en": "how much is|how much are|how much was|how much were|how much does|how much do|how much did|how much money|"
    "how much would|how much will|cost|costs|costing|price|prices|priced|pricing|fee|fees|fare|fares|budget|salary|"
    "rent|tuition|deposit|to pay|do i pay|must pay|expensive|how pricey",
    "de": "kostet|kosten|gekostet|preis*|gebühr*|budget*|gehalt|miete|teuer|wie viel zahlt|wie viel zahle|"
    "wie viel geld|eintritt",
    "fr": "coûte*|coûté|coût*|prix|tarif*|budget*|salaire*|frais|loyer|payant*|combien faut-il payer|combien on paie",
    "es": "cuesta*|costó|costaba*|costo*|coste*|precio*|tarifa*|presupuesto*|sueldo*|salario*|alquiler|hay que pagar|"
    "cuánto vale|cuánto se paga",
    "pl": "kosztuj*|kosztowa*|koszt*|cena|ceny|cenę|opłat*|budżet*|pensj*|zarabia*|czynsz*|ile się płaci|ile zapłac*",
    "tr": "kaç para|kaç lira|kaça|ücret*|fiyat*|bütçe*|maaş*|maliyet*|kira|kirası|ne kadar tutar|ne kadar tuttu|"
    "ne kadara|pahalı",
    "id": "harga*|biaya*|tarif*|anggaran*|gaji*|ongkos*|berapa rupiah|berapa duit|bayar berapa|berapa bayar*|sewa|"
    "mahal",
    "vi": "giá|giá cả|giá vé|bao nhiêu tiền|mấy tiền|chi phí|tốn bao nhiêu|phí|ngân sách|lương|tiền thuê|tiền lương|"
    "mất tiền|đắt",
    "el": "κοστίζει|κοστίζουν|κόστισε|κόστος|τιμή|τιμές|πόσα λεφτά|πόσα χρήματα|προϋπολογισμός|μισθός|εισιτήριο|"
    "ενοίκιο|ακριβό|πληρώνω|πληρώσω",
    "ar": "سعر*|أسعار|تكلفة|التكلفة|يكلف|تكلف|كلف|كلفت|رسوم|الرسوم|ميزانية|الميزانية|راتب*|ثمن|أجرة|إيجار|كم أدفع",
}

TELLS_UNSPACED: Final[dict[str, str]] = {
    "zh": "免費|不用錢|付費|收費|費用|票價|價格|預算|繳費|元整|萬元|億元|千元|百元|塊錢|租金",
    "ja": "無料|有料|料金|費用|価格|予算|万円|億円|千円|百円|支払",
    "ko": "무료|유료|요금|비용|가격|예산|만 원|억 원|천 원",
    "th": "ฟรี|ไม่เสียค่าใช้จ่าย|ราคา|ค่าใช้จ่าย|ค่าธรรมเนียม|งบประมาณ|บาท",
}

TELLS_SPACED: Final[dict[str, str]] = {
    "en": "free|free of charge|no charge|fee|fees|fare|fares|price|prices|priced|cost|costs|budget|dollar|dollars|"
    "payment|payments|pay|paid|rent",
    "de": "kostenlos|gratis|kostenfrei|kostet|kosten|gebühr*|preis*|budget*|euro|dollar",
    "fr": "gratuit*|coûte*|coût|coûts|prix|tarif*|budget*|frais|euro|euros|dollar*|payer",
    "es": "gratis|gratuit*|cuesta*|coste*|costo*|precio*|tarifa*|presupuesto*|euro|euros|dólar*|pagar",
    "pl": "bezpłatn*|darmow*|kosztuj*|koszt*|cena|ceny|opłat*|budżet*|euro|dolar*",
    "tr": "ücretsiz|bedava|ücret*|fiyat*|bütçe*|maliyet*|lira|dolar|avro",
    "id": "gratis|biaya|harga|tarif|anggaran|rupiah|dolar|bayar|membayar",
    "vi": "miễn phí|giá|chi phí|phí|ngân sách|đồng|đô la|thanh toán",
    "el": "δωρεάν|κοστίζει|κόστος|τιμή|τιμές|προϋπολογισμ*|ευρώ|δολάρια|πληρωμ*",
    "ar": "مجانا|مجاني*|المجانية|سعر|تكلفة|رسوم|ميزانية|دولار|يورو",
}
