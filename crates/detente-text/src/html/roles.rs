//! What an element is for, by its name, role, class or id.

use super::tree::{NodeId, Tree};
use crate::DropReason;

/// Words in `class`, `id` and `role` that say what an element is for.
const ROLES: &[(&[&str], DropReason)] = &[
    (
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "menus",
            "breadcrumb",
            "breadcrumbs",
            "gnb",
            "lnb",
            "snb",
            "topbar",
            "pagination",
            "pager",
            "toc",
            "skip",
            "sitemap",
            "tabs",
        ],
        DropReason::Navigation,
    ),
    (
        &[
            "share",
            "sharing",
            "shares",
            "social",
            "sns",
            "toolbar",
            "tools",
            "print",
            "fontsize",
            "textsize",
            "addthis",
            "sharedaddy",
            "controls",
            "player",
            "button",
            "buttons",
            "btn",
            "search",
            "login",
            "signin",
        ],
        DropReason::Controls,
    ),
    (
        &[
            "related",
            "relate",
            "recommend",
            "recommended",
            "recommendation",
            "recommendations",
            "popular",
            "ranking",
            "trending",
            "mostread",
            "sidebar",
            "rail",
            "aside",
            "teaser",
            "teasers",
            "readmore",
            "morenews",
            "latest",
            "promo",
            "outbrain",
            "taboola",
            "tags",
            "taglist",
            "widget",
            "widgets",
            "comments",
            "comment",
            "disqus",
            "reply",
        ],
        DropReason::Related,
    ),
    (
        &[
            "footer",
            "copyright",
            "legal",
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "newsletter",
            "subscribe",
            "subscription",
            "paywall",
            "modal",
            "popup",
            "dialog",
            "advert",
            "advertisement",
            "ads",
            "ad",
            "sponsor",
            "sponsored",
            "banner",
            "notice",
            "disclaimer",
        ],
        DropReason::Notice,
    ),
    (
        &["caption", "figcaption", "captions", "credit", "photocredit"],
        DropReason::Caption,
    ),
];

/// Elements that say by their name what they are for.
pub(super) fn by_name(name: &str) -> Option<DropReason> {
    Some(match name {
        "nav" => DropReason::Navigation,
        "header" => DropReason::Navigation,
        "footer" => DropReason::Notice,
        "aside" => DropReason::Related,
        "form" | "select" | "button" | "option" | "datalist" | "menu" => DropReason::Controls,
        "figcaption" | "figure" => DropReason::Caption,
        "dialog" => DropReason::Notice,
        _ => return None,
    })
}

pub(super) fn by_role(tree: &Tree, id: NodeId) -> Option<DropReason> {
    match tree.attribute(id, "role") {
        Some("navigation" | "menu" | "menubar" | "banner") => return Some(DropReason::Navigation),
        Some("complementary") => return Some(DropReason::Related),
        Some("contentinfo" | "dialog" | "alert") => return Some(DropReason::Notice),
        Some("search" | "button" | "toolbar") => return Some(DropReason::Controls),
        _ => {}
    }
    if is_caption(tree, id) {
        return Some(DropReason::Caption);
    }
    for key in ["class", "id"] {
        let Some(value) = tree.attribute(id, key) else {
            continue;
        };
        for word in words(&value[..floor(value, 400)]) {
            if let Some((_, reason)) = ROLES
                .iter()
                .find(|(names, _)| names.contains(&word.as_str()))
            {
                return Some(*reason);
            }
        }
    }
    None
}

/// True if the element's name or class says that it is a picture's text.
pub(super) fn is_caption(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, "class").is_some_and(|value| {
        let value: String = value[..floor(value, 400)]
            .chars()
            .filter(|c| c.is_ascii_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        ["caption", "imgdesc", "imagedesc", "photodesc", "picdesc"]
            .iter()
            .any(|name| value.contains(name))
    })
}

fn floor(text: &str, most: usize) -> usize {
    let mut at = text.len().min(most);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// "articleBody main-text" → article, body, main, text.
fn words(value: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut before = ' ';
    for c in value.chars() {
        if !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && before.is_ascii_lowercase()) {
            out.push(String::new());
        }
        if c.is_ascii_alphabetic() {
            out.last_mut()
                .unwrap_or(&mut String::new())
                .push(c.to_ascii_lowercase());
        }
        before = c;
    }
    out.retain(|w| !w.is_empty());
    out
}

pub(super) fn is_hidden(tree: &Tree, id: NodeId) -> bool {
    tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "aria-hidden") == Some("true")
        || tree.attribute(id, "style").is_some_and(|style| {
            let style: String = style
                .chars()
                .filter(|c| !c.is_whitespace())
                .take(200)
                .collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

/// True if the page itself calls the element the article's text.
pub(super) fn is_named_body(tree: &Tree, id: NodeId) -> bool {
    if tree
        .attribute(id, "itemprop")
        .is_some_and(|p| p.contains("articleBody"))
    {
        return true;
    }
    ["class", "id"].iter().any(|key| {
        tree.attribute(id, key).is_some_and(|value| {
            let value: String = value[..floor(value, 400)]
                .chars()
                .filter(|c| c.is_ascii_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect();
            [
                "articlebody",
                "articlecontent",
                "articletext",
                "storybody",
                "storycontent",
                "entrycontent",
                "postcontent",
                "newsbody",
                "newsct",
                "articleview",
                "bodytext",
                "articledetail",
                "newscontent",
            ]
            .iter()
            .any(|name| value.contains(name))
        })
    })
}
