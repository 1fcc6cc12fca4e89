"""The training sets: which are used, how often, and what their labels allow in the taxonomy (partial labels).

A map gives for a foreign label the nodes of the taxonomy (any level, "medium/fine" where a bare name is ambiguous) among
which the true fine type must lie; an empty list says that it lies outside the taxonomy; a label that is not in the map says nothing.
"""
PERSON = ["person"]
PLACE = ["location", "facility"]
ORG = ["group", "school", "hospital", "library", "museum", "bank", "market/mall", "hotel", "restaurant", "theater/cinema", "government facility",
       "website", "other public facility", "other commercial facility", "factory"]
WORK = ["art", "software", "website", "other technology"]
GENE = ["protein", "other biological entity"]
CHEM = ["chemical", "medication", "protein", "beverages", "other food", "other medical entity", "chemical weapon", "other biological entity"]
DISEASE = ["disease", "injury", "symptom", "other medical entity"]
SOFT = ["technology", "company", "other computer science entity", "game"]
CODE = ["other computer science entity", "software", "algorithm", "other technology"]
CELL = ["other biological entity", "protein"]

GENERAL = {"person": PERSON, "location": PLACE + ["educational and research", "religious organization"], "organization": ORG,
           "company": ["commercial organization", "commercial facility", "software", "website", "factory", "transportation facility"],
           "group": ["group"], "product": ["product", "programlang", "medication", "game"], "creative work": WORK + ["media"],
           "time": [], "number": [], "date": [], "quantity": [], "money": [], "weapon": ["weapon"], "nationality": ["social group", "language", "country"],
           "military platform": ["weapon", "vehicle"], "facility": ["facility", "water body", "road", "residential", "sports facility"],
           "natural location": ["geographical entity", "region", "desert", "park"], "geo-political entity": ["geo-political entity"], "vehicle": ["vehicle"]}
MULTICONER2 = {
    "artist": ["artist", "author", "musician", "actor", "director", "other person"], "athlete": ["athlete"], "other person": PERSON, "politician": ["politician", "other person", "military"],
    "sports manager": ["athlete", "other person"], "scientist": ["scholar"], "cleric": ["other person", "scholar", "author", "politician"],
    "human settlement": ["geo-political entity"], "other location": ["location", "facility"], "station": ["station"],
    "facility": ["facility", "educational and research", "residential", "religious organization"],
    "visual work": ["film", "broadcast program", "other art", "play", "game"], "written work": ["literature", "media", "academic journal", "other art", "play"],
    "musical work": ["music", "play"], "artwork": ["visual art", "landmark"], "software": ["software", "website", "game", "programlang", "other technology", "ai"],
    "musical group": ["band", "musician"], "public company": ["company", "media", "other commercial organization"], "private company": ["company", "media", "other commercial organization"],
    "sports team": ["sports team/league"], "aerospace manufacturer": ["company", "other commercial organization"], "car manufacturer": ["company", "other commercial organization", "car"],
    "organization": ["group", "school"], "other product": ["product", "award", "programlang", "other computer science entity", "chemical"],
    "vehicle": ["vehicle"], "food": ["food", "species"], "drink": ["beverages"], "clothing": ["clothes"], "disease": DISEASE, "symptom": ["symptom", "disease", "other medical entity", "injury"],
    "medication or vaccine": ["medication", "compound", "protein", "other medical entity"], "medical procedure": ["other medical entity"],
    "anatomical structure": ["other biological entity", "other medical entity", "protein"]}
SNIPS = {"artist": ["musician", "band", "artist"], "city": ["city"], "state": ["state or province"], "country": ["country"], "movie name": ["film"],
         "album": ["album"], "track": ["song", "other music"], "song or album name": ["song", "album", "other music"], "restaurant name": ["restaurant"],
         "year": [], "time range": [], "rating value": [], "party size": [], "maximum rating value": []}
CRAFT = {"gene or gene product": GENE, "species": ["species"], "organism": ["species", "other biological entity"], "chemical": CHEM, "cell type": CELL, "cell": CELL,
         "cellular component": CELL, "organ": ["other biological entity", "other medical entity"], "tissue": CELL, "cancer": DISEASE, "amino acid": ["compound"] + GENE,
         "protein": GENE, "gene": GENE, "disease": DISEASE, "anatomical structure": ["other biological entity", "other medical entity"], "drug": ["medication", "compound", "other medical entity"],
         "sequence feature": ["biological"], "multi tissue structure": CELL + ["other medical entity"]}
CODEMAP = {"programming language": ["programlang", "software"], "operating system": ["software"], "software application": ["software", "website", "programlang", "other technology", "other computer science entity"],
           "software library": ["software", "other computer science entity"], "website": ["website", "software", "company"], "organization": ORG, "algorithm": ["algorithm"],
           "data structure": ["other computer science entity"], "data type": ["other computer science entity"], "library class": CODE, "library function": CODE,
           "user interface element": CODE + ["electronics"], "device": ["electronics", "other technology", "household"], "file type": CODE, "software version": [], "value": []}

WRITTEN = ["dynamicner-written-en", "dynamicner-written-en-2"]
OPEN = ["open-written-en"]
# set -> (files, weight factor, label map, are unmarked words unknown?)
FOREIGN = {
    "multiconer2-en": (["multiconer2-en-train"], 2.2, MULTICONER2, False),
    "multiconer1-en": (["multiconer1-en-train"], 0.5, GENERAL, False),
    "re-docred": (["re-docred-dev"], 2.0, {**GENERAL, "miscellaneous": ["product", "art", "miscellaneous", "science entity", "social group", "facility", "award", "event"]}, False),
    "wikigold": (["wikigold"], 2.5, {**GENERAL, "miscellaneous": ["product", "art", "miscellaneous", "science entity", "social group"]}, False),
    "wnut17": (["wnut17-train", "wnut17-dev"], 0.8, GENERAL, False),
    "btc": (["btc-train"], 0.35, GENERAL, False),
    "uner-english": (["uner-english-ewt-dev"], 0.8, GENERAL, False),
    "gum": (["gum-named"], 0.5, {"person": PERSON + ["other social group"], "animal": ["species"], "plant": ["species"], "event": ["event"]}, True),
    "re3d": (["re3d"], 1.0, GENERAL, False),
    "sec-filings": (["sec-filings-train"], 0.8, {"person": PERSON}, False),
    "litbank": (["litbank"], 0.15, {k: v for k, v in GENERAL.items() if k != "person"}, False),
    "legal-in": (["legal-in-dev"], 0.8, {"judge": PERSON, "lawyer": PERSON, "geo-political entity": ["geo-political entity"], "date": []}, False),
    "presidio": (["presidio-synth"], 0.5, {"person": PERSON, "street address": ["address"], "date or time": [], "phone number": [], "credit card number": [], "email address": []}, False),
    "stackoverflow": (["stackoverflow-ner-train", "stackoverflow-ner-dev"], 0.6, CODEMAP, False),
    "snips": (["snips-train"], 0.3, SNIPS, False),
    "sgd": (["sgd-train"], 0.25, {}, True), "multidogo": (["multidogo-train"], 0.2, {}, False), "hwu64": (["hwu64-train"], 0.25, {}, False), "polyai": (["polyai-slots-train"], 0.15, {}, False),
    "bc5cdr": (["bc5cdr-train", "bc5cdr-devel"], 0.35, {"chemical": CHEM, "disease": DISEASE}, False), "ncbi-disease": (["ncbi-disease-train"], 0.15, {"disease": DISEASE}, False),
    "craft": (["craft-train"], 0.25, CRAFT, False), "bionlp13cg": (["bionlp13cg-train"], 0.5, CRAFT, False), "bionlp11id": (["bionlp11id-train"], 0.3, CRAFT, False),
    "bc2gm": (["bc2gm-train"], 0.12, CRAFT, False), "linnaeus": (["linnaeus-train"], 0.15, {"species": ["species"]}, False), "anem": (["anem-train"], 0.4, CRAFT, False), "drugs": (["explosion-drugs-training"], 0.3, {"drug": ["medication"]}, False),
    "cyner": (["cyner-train"], 0.6, {"organization": ORG, "software or operating system": SOFT, "malware": ["software", "other technology", "other computer science entity"]}, False),
    "scirex": (["scirex"], 0.2, {}, False), "marfago": (["marfago-synthetic"], 1.0, {}, False), "skillspan": (["skillspan-train"], 0.3, {}, False),
    "tasteset": (["tasteset"], 0.6, {"food": ["food", "species"], "quantity": []}, False), "food-ingredients": (["explosion-food-ingredients"], 0.4, {}, False),
    "wetlab": (["wetlab-protocols"], 0.2, {}, False), "materials": (["materials-syntheses"], 0.4, {}, False), "fashion": (["explosion-fashion-brands-training"], 0.3, {"fashion brand": ["company"]}, False),
    "deezer": (["deezer-music-train"], 0.6, {"musical artist": ["musician", "band"], "musical work": ["music", "film"]}, False),
}
LOWERED = {"multiconer1-en", "multiconer2-en", "snips", "hwu64"}  # no letter case: shapes are hidden half of the time
