//! Pieces of text that are put together in any order.

/// Pieces that have made trouble somewhere: marks that do not close, forms in half or full width,
/// letters in parts, characters that are not seen, what is no text at all.
#[rustfmt::skip]
pub(crate) const ODD: &[&str] = &[
    "「", "」", "『", "』", "(", ")", "（", "）", "“", "”", "‘", "’", "\"", "'", "[3]", "〔", "》",
    "。", "．", ".", "...", "…", "、", ",", "，", "！", "?!", "?", "：", ";", "・", "·", "ㆍ", "•",
    "▲", "ｶﾞ", "ﾊﾟ", "ｱ｡", "｢ｶﾅ｣", "ＡＢＣ", "１２３", "％", "㈜", "①", "㌔", "ー", "〜", "々", "ヶ",
    "\u{1100}\u{1161}\u{11a8}", "\u{11a8}", "ㄱㄴ", "ㅋㅋㅋ", "\u{301}", "\u{3099}", "\u{fe0f}",
    "\u{fffd}", "\u{200d}", "\u{200b}", "\u{feff}", "\u{ad}", "\u{2060}", "\u{202e}", "\0",
    "\u{7f}", "\u{85}", "\u{2028}", "👨\u{200d}👩\u{200d}👧", "🇯🇵🇰🇷", "👍🏽", "𠮷", "葛\u{e0100}",
    " ", " ", "\u{3000}", "\n", "\n\n", "\r\n", "\t", "http://a.example/b?c=1",
    "www.a.example", "kim@a.example", "1,000.5", "3/4", "10:30", "-", "—", "--", "$",
    "US$30m", "Mr.", "U.S.", "n't", "don’t", "'s", "a.m.", "No.", "I", "said", "Busan", "é",
    "東京", "外相は", "述べた", "と", "行かなかった", "国会議員", "특사는", "말했다", "고", "평화를", "원하지", "않는다", "ㆍ부산",
    "他说", "مرحبا", "นี่", "Ω", "ß",
];
