//! What an article asks of its narrator, in its front matter: `voice` and `rate`.

use std::borrow::Cow;

use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::metadata::Field;
use crate::model::request::{Heeded, Request};
use crate::model::voice_settings::VoiceSettings;
use crate::voice::is_name;

/// The request as the front matter of its article has it, as far as the request heeds that.
///
/// # Errors
/// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) with the line of an entry that names no
/// voice, or whose speed is no number from 0.5 to 3.
pub fn as_article_asks<'a>(
    request: &'a Request,
    article: &Article,
) -> Result<Cow<'a, Request>, Error> {
    let Heeded { voice, rate } = request.heeded;
    let front = article.front_matter.as_ref();
    let field = |key: &str, is_heeded: bool| front?.field(key).filter(|_| is_heeded);
    let (voice, rate) = (field("voice", voice), field("rate", rate));
    if voice.is_none() && rate.is_none() {
        return Ok(Cow::Borrowed(request));
    }
    let wrong = |field: &Field, reason: String| {
        Error::table(article.origin.name.clone(), field.line, reason)
    };
    let mut asked = Request { heeded: Heeded::default(), ..request.clone() };
    if let Some(field) = voice {
        let name = field.text();
        // Not a path or an address: what is in a text of others opens no file and asks no server.
        if !is_name(&name) || name.to_lowercase().ends_with(".onnx") {
            let reason = format!("`voice: {name}` is not the name of a voice, such as bac-nu");
            return Err(wrong(field, reason));
        }
        asked.voice.name = name;
    }
    if let Some(field) = rate {
        let given = field.text();
        let speed = given.replace(',', ".").parse().ok();
        let Some(speed) = speed.filter(|speed| (0.5..=3.0).contains(speed)) else {
            let reason = format!("`rate: {given}` is not a speed: give a number from 0.5 to 3");
            return Err(wrong(field, reason));
        };
        asked.voice = VoiceSettings { rate: speed, ..asked.voice };
    }
    Ok(Cow::Owned(asked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::metadata::FrontMatter;

    fn asked(fields: &[(&str, &str)], heeded: Heeded) -> Result<(String, f32), String> {
        let fields = fields.iter().zip(2..);
        let fields =
            fields.map(|((key, value), line)| Field::new(key, vec![(*value).to_owned()], line));
        let front = FrontMatter { fields: fields.collect(), ..FrontMatter::default() };
        let mut article = Article { front_matter: Some(front), ..Article::default() };
        article.origin.name = "a.md".to_owned();
        let request = Request { heeded, ..Request::text("") };
        let asked = as_article_asks(&request, &article).map_err(|error| error.to_string())?;
        Ok((asked.voice.name.clone(), asked.voice.rate))
    }

    #[test]
    fn what_is_heeded_is_done_and_nothing_else() {
        let all = Heeded { voice: true, rate: true };
        let given = [("voice", "bac-nu"), ("rate", "1,25")];
        let usual = VoiceSettings::default();
        assert_eq!(asked(&given, all), Ok(("bac-nu".to_owned(), 1.25)));
        assert_eq!(asked(&given, Heeded { voice: false, ..all }), Ok((usual.name.clone(), 1.25)));
        assert_eq!(asked(&given, Heeded { rate: false, ..all }), Ok(("bac-nu".to_owned(), 1.0)));
        assert_eq!(asked(&given, Heeded::default()), Ok((usual.name, 1.0)));
    }

    #[test]
    fn what_is_not_possible_has_its_line() {
        let all = Heeded { voice: true, rate: true };
        for voice in ["../voice", "/etc/a.onnx", "http://127.0.0.1/v1#a", "a.onnx"] {
            let error = asked(&[("title", "x"), ("voice", voice)], all).unwrap_err();
            assert!(error.starts_with("a.md, line 3: `voice: "), "{error}");
        }
        for rate in ["fast", "9", "-1", "NaN"] {
            let error = asked(&[("rate", rate)], all).unwrap_err();
            assert!(error.starts_with("a.md, line 2: ") && error.contains("0.5 to 3"), "{error}");
        }
    }
}
