"""Label texts of the DynamicNER taxonomy: one unique main name per node, and paraphrases drawn in training.

A bare name such as "biological", "air" or "miscellaneous" means nothing, or several things, to a label encoder.
Every node therefore has a main name that says what it is; the shipped `labels.json` maps each path to that name.
"""
import json
from pathlib import Path

MENTION = "any entity"  # a type of the taxonomy
SPAN = "any span of any type"  # whatever somebody may have a type for

COARSE = {
    "person": "person|human being or character|people",
    "location": "location|place|geographic location",
    "product": "product|man-made product|object",
    "facility": "facility|building or structure|venue",
    "art": "work of art|creative work|artwork, book, music or film",
    "group": "group or organization|organization|group of people",
    "miscellaneous": "miscellaneous: award, event, law, language, tradition, god|miscellaneous|other concept",
    "science entity": "scientific or medical term|science entity|scientific concept",
}
MEDIUM = {
    "real person": "real person|living or historical person", "fictional figure": "fictional figure|fictional or mythological character",
    "geographical entity": "geographical entity|natural landform", "geo-political entity": "geo-political entity|political territory",
    "address": "address or road|address", "food": "food|food or drink", "weapon": "weapon|arms", "technology": "technology|technical product",
    "vehicle": "vehicle|means of transport", "other product": "everyday or other product",
    "public facility": "public facility|public building", "commercial facility": "commercial facility|business premises",
    "transportation facility": "transportation facility|transport hub", "production facility": "production facility|industrial site",
    "other facility": "residential, government or other facility", "visual art": "visual art|painting or sculpture",
    "music": "music|musical work", "literature": "literature|literary work", "other art": "film, show, game or other art",
    "social group": "social group|ethnic or religious group", "non-commercial organization": "non-commercial organization|public or non-profit organization",
    "commercial organization": "commercial organization|company, team or band", "award": "award|prize", "event": "event|happening",
    "miscellaneous": "degree, tradition, god, law or language|miscellaneous concept", "biological": "biology term|biological entity",
    "chemical": "chemistry term|chemical entity", "physical": "physics or astronomy term|physical entity",
    "computer science": "computer science term|computing concept", "medical": "medical term|medical entity",
    "other scientific entity": "other scientific entity|academic or scientific concept",
}
# medium name -> fine name -> "main|paraphrase|…"
FINE = {
    "real person": {"politician": "politician|political leader", "artist": "artist|painter or visual artist", "author": "author|writer",
        "athlete": "athlete|sportsperson", "director": "director|film director", "actor": "actor|actor or actress", "scholar": "scholar|scientist or academic",
        "military": "military person|soldier or officer", "musician": "musician|singer or composer", "business executive": "business executive|entrepreneur or manager",
        "other person": "other person|person of another occupation"},
    "fictional figure": {"mythological figure": "mythological figure|figure of myth or legend", "other figure": "fictional character|other fictional figure"},
    "geographical entity": {"water body": "water body|river, lake or sea", "mountain": "mountain|mountain or range", "island": "island|island or archipelago",
        "desert": "desert|arid land", "other geographical entity": "other geographical entity|valley, cape or other landform"},
    "geo-political entity": {"continent": "continent|part of the world", "country": "country|nation", "state or province": "state or province|state, province or prefecture",
        "city": "city|city or town", "district": "district|district, county or borough", "region": "region|area", "other gpe": "other geo-political entity|historical territory"},
    "address": {"address": "street address|postal address", "road": "road|street or highway", "railway": "railway|railway line", "other address": "other address|place within a building or site"},
    "food": {"beverages": "beverage|drink", "packaged foods": "packaged food|packaged food product", "other food": "other food|dish or ingredient"},
    "weapon": {"firearms": "firearm|gun", "biological": "biological weapon|biological warfare agent", "chemical weapon": "chemical weapon|poison gas",
        "explosives": "explosive|bomb", "cold weapon": "cold weapon|sword or blade", "nuclear": "nuclear weapon|atomic bomb", "other weapon": "other weapon|missile or artillery"},
    "technology": {"software": "software|app or program", "website": "website|web site or online service", "electronics": "electronics|electronic device",
        "ai": "artificial intelligence system|AI model", "other technology": "other technology|technology or invention"},
    "vehicle": {"air": "aircraft|aeroplane or spacecraft", "car": "car|automobile", "water": "ship|watercraft", "rail": "train|rail vehicle",
        "bike": "bicycle or motorcycle|bike", "other vehicle": "other vehicle|vehicle of another kind"},
    "other product": {"clothes": "clothing|clothes", "household": "household item|household product", "personal care": "personal care product|cosmetics",
        "toys": "toy|plaything", "musical instruments": "musical instrument|instrument", "other product": "other product|product of another kind"},
    "public facility": {"hospital": "hospital|clinic", "library": "library|public library", "park": "park|park or garden", "landmark": "landmark|monument or sight",
        "school": "school|school or university", "museum": "museum|museum or gallery", "sports facility": "sports facility|stadium",
        "other public facility": "other public facility|public building of another kind"},
    "commercial facility": {"hotel": "hotel|inn", "restaurant": "restaurant|café or restaurant", "market/mall": "market or shopping mall|shop or market",
        "theater/cinema": "theater or cinema|theatre", "bank": "bank|bank branch", "other commercial facility": "other commercial facility|business premises of another kind"},
    "transportation facility": {"airport": "airport|air base", "station": "station|railway station", "port": "port|harbour", "other transportation facility": "other transportation facility|bridge or tunnel"},
    "production facility": {"factory": "factory|plant", "farm": "farm|ranch or vineyard", "mine": "mine|mine or quarry", "energy": "power plant|energy facility",
        "other production facility": "other production facility|workshop or laboratory"},
    "other facility": {"residential": "residential building|house or residence", "government facility": "government facility|government building",
        "other facility": "other facility|church, castle or other building"},
    "visual art": {"painting": "painting|picture", "sculpture": "sculpture|statue", "visual art genre": "visual art genre|art movement", "other visual art": "other visual art|photograph or other visual work"},
    "music": {"song": "song|song or track", "album": "album|music album", "music genre": "music genre|style of music", "other music": "other music|opera, symphony or other musical work"},
    "literature": {"poem": "poem|poetry", "non-fiction": "non-fiction book|non-fiction", "fiction": "novel or story|fiction", "literature genre": "literature genre|literary genre",
        "other literature": "other literature|text or document"},
    "other art": {"film": "film|movie", "play": "play|stage play", "broadcast program": "broadcast program|television or radio show", "game": "game|video or board game",
        "other art": "other art|dance, comic or other art form"},
    "social group": {"ethnic group": "ethnic group|nationality or people", "religious group": "religious group|followers of a religion", "other social group": "other social group|social class or movement"},
    "non-commercial organization": {"educational and research": "educational or research organization|university or institute", "political/military": "political or military organization|party, government body or army unit",
        "community": "community organization|club or society", "religious organization": "religious organization|church or order",
        "other non-commercial organization": "other non-commercial organization|association or foundation"},
    "commercial organization": {"sports team/league": "sports team or league|sports club", "band": "band|music group", "company": "company|business", "media": "media organization|newspaper, publisher or broadcaster",
        "other commercial organization": "other commercial organization|commercial group of another kind"},
    "award": {"literary award": "literary award|book prize", "sports award": "sports award|trophy or medal", "artistic award": "artistic award|film or music award", "other award": "other award|honour or prize"},
    "event": {"political/military event": "political or military event|war, battle or election", "sporting event": "sporting event|tournament or season", "disaster": "disaster|accident or catastrophe",
        "business event": "business event|merger, trade fair or crisis", "other event": "other event|festival or other event"},
    "miscellaneous": {"educational degree": "educational degree|academic degree", "tradition": "tradition|custom or holiday", "god": "god|deity", "law": "law|law or treaty",
        "language": "language|spoken language", "miscellaneous": "other miscellaneous concept|miscellaneous concept of another kind"},
    "biological": {"protein": "protein|protein or gene", "species": "species|animal or plant", "biological theory": "biological theory|theory of biology", "other biological entity": "other biological entity|cell, tissue or organism part"},
    "chemical": {"element": "chemical element|element", "compound": "chemical compound|chemical substance", "reaction": "chemical reaction|reaction", "chemical theory": "chemical theory|law of chemistry",
        "other chemical entity": "other chemical entity|material or mixture"},
    "physical": {"physical phenomenon": "physical phenomenon|phenomenon of physics", "astronomical object": "astronomical object|planet, star or galaxy", "physical theory": "physical theory|law of physics",
        "other physical entity": "other physical entity|particle or physical quantity"},
    "computer science": {"programlang": "programming language|programlang", "algorithm": "algorithm|computational method", "other computer science entity": "other computer science entity|computing concept or data structure"},
    "medical": {"disease": "disease|illness or disorder", "injury": "injury|wound", "medication": "medication|drug", "symptom": "symptom|sign of illness", "medical theory": "medical theory|theory of medicine",
        "other medical entity": "other medical entity|medical procedure or device"},
    "other scientific entity": {"discipline": "academic discipline|field of study", "academic journal": "academic journal|scientific journal", "conference": "academic conference|conference",
        "metrics": "metric|measure or unit", "other scientific entity": "other scientific entity of another field|other scientific term"},
}


TAXONOMY = Path(__file__).parent.parent / "media/taxonomies/dynamicner.json"


def load_nodes(path=TAXONOMY):
    """Returns the fine, medium and coarse paths (tuples of bare names), in the order of the built-in taxonomy."""
    tree = json.loads(Path(path).read_text())
    coarse = [(c,) for c in tree]
    medium = [(c, m) for (c,) in coarse for m in tree[c]]
    fine = [(c, m, f) for c, m in medium for f in tree[c][m]]
    return fine, medium, coarse


TEXTS = Path(__file__).parent.parent / "media/taxonomies/dynamicner.texts.json"
_texts = {}


def texts_of(path):
    """What the shipped descriptions say of a node: {"description", "synonyms", "examples"}; empty where there is no such file."""
    if not _texts and TEXTS.exists():
        _texts.update(json.loads(TEXTS.read_text(encoding="utf-8")))
    return _texts.get(" > ".join(path), {})


def names_of(path):
    """The main name and the paraphrases of a node, given its path."""
    text = COARSE[path[0]] if len(path) == 1 else MEDIUM[path[1]] if len(path) == 2 else FINE[path[1]][path[2]]
    names = text.split("|")
    return list(dict.fromkeys(names + texts_of(path).get("synonyms", [])))


def definition_of(path):
    """Main name and description, or None."""
    text = texts_of(path).get("description")
    return f"{names_of(path)[0]}: {text}" if text else None


def label_texts():
    """`labels.json`: "coarse > medium > fine" (also the shorter paths) -> main name."""
    fine, medium, coarse = load_nodes()
    return {" > ".join(p): names_of(p)[0] for p in coarse + medium + fine}


if __name__ == "__main__":
    texts = label_texts()
    assert len(set(texts.values())) == len(texts), "names must be unique"
    print(len(texts), [len(n) for n in load_nodes()])
