"""Member states of the United Nations: how files of roll calls name them, how the tables do, and the days of
their seats.

Source of the days: United Nations, "Growth in United Nations membership". Codes are those of ISO 3166-1 and,
for states that are no more, of ISO 3166-3.
"""

from datetime import date

# State of the tables -> its code and its names in the library's files, in Voeten's and in sheets.
STATES = {
    "Australia": ("AUS", "australia", "オーストラリア", "豪州"),
    "Canada": ("CAN", "canada", "カナダ"),
    "China": ("CHN", "china", "people's republic of china", "中国", "中華人民共和国"),
    "France": ("FRA", "france", "フランス"),
    "Germany": (
        "DEU",
        "germany",
        "germany, federal republic of",
        "germany (federal republic of)",
        "federal republic of germany",
        "german federal republic",
        "west germany",
        "ドイツ",
        "西ドイツ",
    ),
    "India": ("IND", "india", "インド"),
    "Indonesia": ("IDN", "indonesia", "インドネシア"),
    "Italy": ("ITA", "italy", "イタリア"),
    "Japan": ("JPN", "japan", "日本"),
    "New Zealand": ("NZL", "new zealand", "ニュージーランド"),
    "North Korea": (
        "PRK",
        "democratic people's republic of korea",
        "korea (democratic people's republic of)",
        "korea, democratic people's republic of",
        "north korea",
        "dpr korea",
        "dprk",
        "北朝鮮",
        "朝鮮民主主義人民共和国",
    ),
    "Philippines": ("PHL", "philippines", "フィリピン"),
    "Russia": ("RUS", "russian federation", "russia", "ロシア", "ロシア連邦"),
    "South Korea": (
        "KOR",
        "republic of korea",
        "korea (republic of)",
        "korea, republic of",
        "south korea",
        "韓国",
        "大韓民国",
    ),
    "United Kingdom": (
        "GBR",
        "united kingdom",
        "united kingdom of great britain and northern ireland",
        "uk",
        "英国",
        "イギリス",
    ),
    "United States": ("USA", "united states", "united states of america", "usa", "us", "米国", "アメリカ"),
    "Vietnam": ("VNM", "viet nam", "vietnam", "ベトナム"),
}
SEAT_OF_CHINA = date(1971, 10, 25)  # until then the Republic of China held it
# States that are no more, or lost their seat: the name in the tables and the last day of the seat.
DISSOLVED = {
    **dict.fromkeys(
        ("taiwan", "taiwan, province of china", "republic of china", "台湾"),
        ("Republic of China", SEAT_OF_CHINA),
    ),
    "ussr": ("Russia", date(1991, 12, 24)),
    "union of soviet socialist republics": ("Russia", date(1991, 12, 24)),
    "soviet union": ("Russia", date(1991, 12, 24)),
    "ソ連": ("Russia", date(1991, 12, 24)),
    "german democratic republic": ("German Democratic Republic", date(1990, 10, 3)),
    "east germany": ("German Democratic Republic", date(1990, 10, 3)),
    "czechoslovakia": ("Czechoslovakia", date(1992, 12, 31)),
    "democratic yemen": ("Democratic Yemen", date(1990, 5, 22)),
    "tanganyika": ("Tanganyika", date(1964, 4, 26)),
    "zanzibar": ("Zanzibar", date(1964, 4, 26)),
    "yugoslavia": ("Yugoslavia", date(2003, 2, 4)),
    "serbia and montenegro": ("Serbia and Montenegro", date(2006, 6, 3)),
}
DISSOLVED_CODES = {
    "SUN": "Russia",
    "DDR": "German Democratic Republic",
    "CSK": "Czechoslovakia",
    "TWN": "Republic of China",
}
# First day of a seat -> the codes of the states that took theirs; the others held it from the beginning.
_ADMITTED = {
    "1946-11-19": "AFG ISL SWE",
    "1946-12-16": "THA",
    "1947-09-30": "PAK YEM",
    "1948-04-19": "MMR",
    "1949-05-11": "ISR",
    "1950-09-28": "IDN",
    "1955-12-14": "ALB AUT BGR KHM LKA FIN HUN IRL ITA JOR LAO LBY NPL PRT ROU ESP",
    "1956-11-12": "MAR SDN TUN",
    "1956-12-18": "JPN",
    "1957-03-08": "GHA",
    "1957-09-17": "MYS",
    "1958-12-12": "GIN",
    "1960-09-20": "CMR CAF TCD COG COD CYP BEN GAB CIV MDG NER SOM TGO BFA",
    "1960-09-28": "MLI SEN",
    "1960-10-07": "NGA",
    "1961-09-27": "SLE",
    "1961-10-27": "MRT MNG",
    "1961-12-14": "TZA",
    "1962-09-18": "BDI JAM RWA TTO",
    "1962-10-08": "DZA",
    "1962-10-25": "UGA",
    "1963-05-14": "KWT",
    "1963-12-16": "KEN",
    "1964-12-01": "MWI MLT ZMB",
    "1965-09-21": "GMB MDV SGP",
    "1966-09-20": "GUY",
    "1966-10-17": "BWA LSO",
    "1966-12-09": "BRB",
    "1967-12-14": "YMD",
    "1968-04-24": "MUS",
    "1968-09-24": "SWZ",
    "1968-11-12": "GNQ",
    "1970-10-13": "FJI",
    "1971-09-21": "BHR BTN QAT",
    "1971-10-07": "OMN",
    "1971-12-09": "ARE",
    "1973-09-18": "BHS DEU DDR",
    "1974-09-17": "BGD GRD GNB",
    "1975-09-16": "CPV MOZ STP",
    "1975-10-10": "PNG",
    "1975-11-12": "COM",
    "1975-12-04": "SUR",
    "1976-09-21": "SYC",
    "1976-12-01": "AGO",
    "1976-12-15": "WSM",
    "1977-09-20": "DJI VNM",
    "1978-09-19": "SLB",
    "1978-12-18": "DMA",
    "1979-09-18": "LCA",
    "1980-08-25": "ZWE",
    "1980-09-16": "VCT",
    "1981-09-15": "VUT",
    "1981-09-25": "BLZ",
    "1981-11-11": "ATG",
    "1983-09-23": "KNA",
    "1984-09-21": "BRN",
    "1990-04-23": "NAM",
    "1990-09-18": "LIE",
    "1991-09-17": "EST FSM KOR LTU LVA MHL PRK",
    "1992-03-02": "ARM AZE KAZ KGZ MDA SMR TJK TKM UZB",
    "1992-05-22": "BIH HRV SVN",
    "1992-07-31": "GEO",
    "1993-01-19": "CZE SVK",
    "1993-04-08": "MKD",
    "1993-05-28": "ERI MCO",
    "1993-07-28": "AND",
    "1994-12-15": "PLW",
    "1999-09-14": "KIR NRU TON",
    "2000-09-05": "TUV",
    "2002-09-10": "CHE",
    "2002-09-27": "TLS",
    "2006-06-28": "MNE",
    "2011-07-14": "SSD",
}
SEATS = {code: day for day, codes in _ADMITTED.items() for code in codes.split()}
NAMES = {name: state for state, (_, *names) in STATES.items() for name in names}
CODES = {code: state for state, (code, *_) in STATES.items()} | DISSOLVED_CODES


def seat_from(state: str, code: str) -> str:
    """The ISO day on which a state took its seat; empty for one that had it from the beginning, or that is
    known neither by its name in the tables nor by its code.
    """
    return SEATS.get(next((one for one, name in CODES.items() if name == state), code), "")
