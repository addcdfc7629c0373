<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="vi">
<lexeme><grapheme>Messi</grapheme><grapheme>Leo</grapheme><alias>mét xi</alias></lexeme>
<lexeme><grapheme>NATO</grapheme><phoneme>naː˧ to˧</phoneme></lexeme>
</lexicon>
