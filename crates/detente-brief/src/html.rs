//! A brief as a page.

use crate::{Block, Brief, Check, Run, Sentence, check::even, markdown::unseen};

/// The style of a page of its own.
pub const STYLE: &str = include_str!("brief.css");

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if unseen(c) && !c.is_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

fn sentence(sentence: &Sentence) -> String {
    let mut out = String::new();
    for run in &sentence.runs {
        match run {
            Run::Text(text) => out.push_str(&escape(text)),
            Run::Quote { text, language } => {
                out.push_str(&format!(
                    "<q lang=\"{}\">{}</q>",
                    escape(language),
                    escape(text)
                ));
            }
        }
    }
    for number in &sentence.notes {
        out.push_str(&format!("<sup><a href=\"#n{number}\">{number}</a></sup>"));
    }
    out
}

/// What stands in the body, without style and script, for a page that has its own. `fact` says
/// where a fact is shown, if anywhere.
pub fn html_body(brief: &Brief, check: &Check, fact: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = format!(
        "<article class=\"brief\"><header><h1>{}</h1><p class=\"period\">{}</p></header>\n",
        escape(&brief.title),
        escape(&brief.period)
    );
    for (i, section) in brief.sections.iter().enumerate() {
        let level = section.level.clamp(2, 6);
        let id = if level == 2 {
            section.id.to_owned()
        } else {
            format!("{}-{i}", section.id)
        };
        out.push_str(&format!(
            "<section id=\"{id}\"><h{level}>{}</h{level}>\n",
            escape(&section.heading)
        ));
        for one in &section.blocks {
            block(one, section.id, &mut out);
        }
        out.push_str("</section>\n");
    }
    out.push_str("<aside class=\"method\"><h2>Method and coverage</h2>\n");
    for line in &brief.method {
        out.push_str(&format!("<p>{}</p>\n", escape(line)));
    }
    out.push_str(&format!(
        "<p><strong>{}</strong></p></aside>\n",
        escape(&check.line())
    ));
    out.push_str("<section id=\"notes\"><h2>Notes</h2>\n<ol class=\"notes\">\n");
    for (i, note) in brief.notes.iter().enumerate() {
        out.push_str(&format!("<li id=\"n{}\">", i + 1));
        for (k, cite) in note.cites.iter().enumerate() {
            if k > 0 {
                out.push_str("<br>");
            }
            let place = escape(&cite.place());
            let place = match fact(&cite.fact) {
                Some(href) => format!("<a href=\"{}\">{place}</a>", escape(&href)),
                None => place,
            };
            let quote = escape(&even(&cite.quote));
            out.push_str(&format!(
                "<q lang=\"{}\">{quote}</q> {place}",
                escape(cite.language)
            ));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol></section></article>\n");
    out
}

fn block(block: &Block, section: &str, out: &mut String) {
    match block {
        Block::Paragraph(sentences) => {
            let text: String = sentences.iter().map(sentence).collect();
            out.push_str(&format!("<p>{text}</p>\n"));
        }
        Block::Items(sentences) => {
            out.push_str(&format!("<ul class=\"{section}\">\n"));
            for one in sentences {
                out.push_str(&format!("<li>{}</li>\n", sentence(one)));
            }
            out.push_str("</ul>\n");
        }
        Block::Chart { svg, rows } => {
            out.push_str(&format!(
                "<figure>{svg}<details><summary>The same as a table</summary><table><thead><tr>\
                 <th scope=\"col\">month</th><th scope=\"col\">events</th><th scope=\"col\">mean</th>\
                 <th scope=\"col\">90 % band</th></tr></thead><tbody>\n"
            ));
            for row in rows {
                let [month, events, mean, band] = row.each_ref().map(|cell| escape(cell));
                out.push_str(&format!(
                    "<tr id=\"m{month}\"><th scope=\"row\">{month}</th><td>{events}</td><td>{mean}</td><td>{band}</td></tr>\n"
                ));
            }
            out.push_str("</tbody></table></details></figure>\n");
        }
        Block::Frame(frame) => out.push_str(&format!("<p class=\"frame\">{}</p>\n", frame.text())),
    }
}

/// A page of its own.
pub fn html(brief: &Brief, check: &Check) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}, {}</title>\n<style>\n{STYLE}{}</style></head>\n<body>\n{}</body></html>\n",
        escape(&brief.title),
        escape(&brief.period),
        detente_measure::chart::STYLE,
        html_body(brief, check, &|_| None)
    )
}
