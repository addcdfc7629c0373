"""Vietnamese orthography to Northern phones: the inventory of the program's `Phone` type.

`parse("tuyết")` gives a `Syllable(onset="t", glide=True, nucleus="iə", coda="t", tone=5)`.
Northern mergers: d, gi, r are z; tr is tɕ; s is s.
"""
import re
import unicodedata
from typing import NamedTuple, Optional

TONE_MARKS = {"\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0301": 5, "\u0323": 6}
ONSETS = {
    "ngh": "ŋ", "ng": "ŋ", "nh": "ɲ", "th": "tʰ", "tr": "tɕ", "ch": "tɕ", "kh": "x", "ph": "f",
    "gh": "ɣ", "gi": "z", "qu": "k", "b": "ɓ", "đ": "ɗ", "p": "p", "t": "t", "c": "k", "k": "k",
    "q": "k", "v": "v", "x": "s", "s": "s", "d": "z", "r": "z", "g": "ɣ", "h": "h", "m": "m",
    "n": "n", "l": "l", "": "ʔ",
}
PLAIN = {"a": "a", "ă": "ă", "e": "ɛ", "ê": "e", "i": "i", "y": "i", "o": "ɔ", "ô": "o", "ơ": "əː",
         "â": "ə̆", "u": "u", "ư": "ɨ"}
# rime nucleus spelling (without coda) -> (glide, nucleus)
NUCLEI = {**{k: (False, v) for k, v in PLAIN.items()},
          "ia": (False, "iə"), "iê": (False, "iə"), "ya": (False, "iə"), "yê": (False, "iə"),
          "ua": (False, "uə"), "uô": (False, "uə"), "ưa": (False, "ɨə"), "ươ": (False, "ɨə"),
          "oo": (False, "ɔ"), "ôô": (False, "o"),
          "oa": (True, "a"), "oă": (True, "ă"), "oe": (True, "ɛ"), "uê": (True, "e"),
          "uy": (True, "i"), "ui": (True, "i"), "uơ": (True, "əː"), "uâ": (True, "ə̆"),
          "uyê": (True, "iə"), "uya": (True, "iə"), "uă": (True, "ă"), "ue": (True, "ɛ"),
          "uo": (True, "ɔ"), "oê": (True, "e"), "uô_": (True, "o")}
CODAS = {"ng": "ŋ", "nh": "ɲ", "ch": "c", "p": "p", "t": "t", "c": "k", "m": "m", "n": "n", "k": "k"}
# vowel + written semivowel -> (glide, nucleus, coda)
GLIDED = {"ai": (0, "a", "j"), "ay": (0, "ă", "j"), "ao": (0, "a", "w"), "au": (0, "ă", "w"),
          "ây": (0, "ə̆", "j"), "âu": (0, "ə̆", "w"), "eo": (0, "ɛ", "w"), "êu": (0, "e", "w"),
          "iu": (0, "i", "w"), "ưu": (0, "ɨ", "w"), "ươu": (0, "ɨə", "w"), "iêu": (0, "iə", "w"),
          "yêu": (0, "iə", "w"), "oi": (0, "ɔ", "j"), "ôi": (0, "o", "j"), "ơi": (0, "əː", "j"),
          "ui": (0, "u", "j"), "ưi": (0, "ɨ", "j"), "uôi": (0, "uə", "j"), "ươi": (0, "ɨə", "j"),
          "oai": (1, "a", "j"), "oay": (1, "ă", "j"), "uai": (1, "a", "j"), "uay": (1, "ă", "j"),
          "oao": (1, "a", "w"), "uao": (1, "a", "w"), "oeo": (1, "ɛ", "w"), "ueo": (1, "ɛ", "w"),
          "uây": (1, "ə̆", "j"), "uyu": (1, "i", "w"), "uyêu": (1, "iə", "w"), "uêu": (1, "e", "w"),
          "uơi": (1, "əː", "j"), "yu": (0, "i", "w")}
STOPS = {"p", "t", "k", "c", "k͡p"}


class Syllable(NamedTuple):
    onset: str
    glide: bool
    nucleus: str
    coda: Optional[str]
    tone: int

    @property
    def stopped(self) -> bool:
        return self.coda in STOPS


SOUTHERN = {"tr": "ʈ", "s": "ʂ", "r": "ʐ", "d": "j", "gi": "j"}


def parse(word: str, accent: str = "north") -> Optional[Syllable]:
    """One written syllable to phones, or None where it is not Vietnamese.

    `accent` "south" keeps tr, s, r apart, makes d and gi /j/, merges ngã with hỏi and backs
    the dental codas: for labelling Southern speakers' clips, not for reading.
    """
    tone, letters = 1, []
    for ch in unicodedata.normalize("NFD", word.lower()):
        if ch in TONE_MARKS:
            tone = TONE_MARKS[ch]
        else:
            letters.append(ch)
    text = unicodedata.normalize("NFC", "".join(letters))
    m = re.fullmatch(r"(ngh|ng|nh|th|tr|ch|kh|ph|gh|gi|qu|[bcdđghklmnpqrstvx]?)(.*)", text)
    if not m:
        return None
    head, rest = m.groups()
    forced = head == "qu"
    if head == "gi":
        if rest == "" or rest[0] not in "aăâeêioôơuưy":
            rest = "i" + rest              # gì, gìn
        elif rest[0] == "ê" and len(rest) > 1:
            rest = "i" + rest              # giếng: iê
    if forced and rest == "":
        head, rest = "q", "u"
        forced = False
    if head not in ONSETS:
        return None
    rime = _rime(rest, forced)
    if rime is None:
        return None
    glide, nucleus, coda = rime
    syl = Syllable(ONSETS[head], glide, nucleus, coda, tone)
    if syl.stopped and tone not in (5, 6):
        return None
    return southern(syl, head) if accent == "south" else syl


def southern(s: Syllable, head: str) -> Syllable:
    """The Southern reading of a parsed syllable with the written onset `head`."""
    onset, nucleus, coda = SOUTHERN.get(head, s.onset), s.nucleus, s.coda
    if coda in ("ɲ", "c"):                       # anh, inh, ênh
        nucleus = {"ɛ̆": "ă", "i": "ɨ", "e": "əː"}.get(nucleus, nucleus)
        coda = {"ɲ": "n", "c": "t"}[coda]
    elif coda in ("n", "t") and nucleus not in ("i", "e", "əː"):
        back = nucleus in ("o", "u")
        coda = {("n", 0): "ŋ", ("t", 0): "k", ("n", 1): "ŋ͡m", ("t", 1): "k͡p"}[coda, back]
    return Syllable(onset, s.glide, nucleus, coda, 3 if s.tone == 4 else s.tone)


def _rime(rest: str, forced: bool):
    """Glide, nucleus, coda of a rime spelling; `forced` after qu."""
    if forced:
        rest = {"y": "y"}.get(rest, rest)
        inner = _rime(rest if rest[0] != "y" or len(rest) == 1 else rest, False)
        if inner is None:
            return None
        return True, inner[1], inner[2]
    if rest in GLIDED:
        g, n, c = GLIDED[rest]
        return bool(g), n, c
    m = re.fullmatch(r"([aăâeêioôơuưy]+)(ng|nh|ch|[ptckmn]?)", rest)
    if not m or m[1] not in NUCLEI:
        return None
    (glide, nucleus), coda = NUCLEI[m[1]], CODAS.get(m[2])
    if m[2] in ("nh", "ch") and nucleus == "a":
        nucleus = "ɛ̆"
    if m[2] in ("ng", "c") and m[1] in ("o", "ô", "u"):
        coda = {"ŋ": "ŋ͡m", "k": "k͡p"}[coda]
        if m[1] == "o":
            nucleus = "ɔ̆"
    return glide, nucleus, coda


def words(text: str):
    """Groups of written syllables: split at punctuation."""
    for part in re.split(r"[,.;:!?…]+", text):
        group = [w for w in re.findall(r"[^\W_]+", part)]
        if group:
            yield group
