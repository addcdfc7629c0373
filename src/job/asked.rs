//! What an article asks of its narrator, in its front matter: `voice`, `voices` and `rate`; each of several that
//! are one recording for itself.

use std::borrow::Cow;

use crate::job::context::Context;
use crate::model::article::Article;
use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::model::metadata::{Field, FrontMatter};
use crate::model::request::{Heeded, Request};
use crate::model::roles;
use crate::model::voice_settings::{PhonemesBy, VoiceSettings};
use crate::voice::is_name;

/// The request as the front matter of its article has it, as far as the request heeds that.
///
/// # Errors
/// [`ErrorKind::Table`](crate::model::error::ErrorKind::Table) with the line of an entry that names no
/// voice, or one that is not there, or whose speed is no number from 0.5 to 3.
pub fn as_article_asks<'a>(
    context: &Context,
    request: &'a Request,
    article: &Article,
) -> Result<Cow<'a, Request>, Error> {
    let own = article.front_matter.iter().map(|front| (&*article.origin.name, None, front));
    let items = article.items().filter_map(|(number, part, _)| {
        Some((&*part.name, Some(number), part.front_matter.as_ref()?))
    });
    let mut asked = Cow::Borrowed(request);
    for (name, item, front) in own.chain(items) {
        let asking = Asking { context, heeded: &request.heeded, name, front };
        if asking.is_there() {
            asking.put_into(asked.to_mut(), item)?;
        }
    }
    if let Cow::Owned(asked) = &mut asked {
        asked.heeded = Heeded::default();
    }
    Ok(asked)
}

/// What a front matter asks.
struct Asking<'a> {
    context: &'a Context,
    heeded: &'a Heeded,
    /// The name of its article.
    name: &'a str,
    front: &'a FrontMatter,
}

impl Asking<'_> {
    fn voice(&self) -> Option<&Field> {
        self.front.field("voice").filter(|_| self.heeded.voice)
    }

    fn rate(&self) -> Option<&Field> {
        self.front.field("rate").filter(|_| self.heeded.rate)
    }

    fn voices(&self) -> &[Field] {
        if self.heeded.voices { self.front.entries("voices") } else { &[] }
    }

    fn is_there(&self) -> bool {
        self.voice().is_some() || self.rate().is_some() || !self.voices().is_empty()
    }

    /// Has a request do it: for all of the article, or for this one of several.
    fn put_into(&self, request: &mut Request, item: Option<u32>) -> Result<(), Error> {
        let role = item.map(roles::item);
        let decided = |role: &String| self.heeded.decided.contains(role);
        let is_decided = role.as_ref().is_some_and(decided);
        let known = role.as_ref().and_then(|role| request.voices.get(role));
        let mut narrator = known.unwrap_or(&request.voice).clone();
        let mut is_other = false;
        if let Some(field) = self.rate().filter(|_| !is_decided) {
            let given = field.text();
            let speed = given.replace(',', ".").parse().ok();
            let Some(speed) = speed.filter(|speed| VoiceSettings::RATE.contains(speed)) else {
                let reason =
                    message!("`rate: {given}` is not a speed: give a number from 0.5 to 3", given);
                return Err(self.wrong(field, reason));
            };
            narrator.rate = speed;
            is_other = true;
        }
        if let Some(field) = self.voice().filter(|_| !is_decided) {
            narrator.name = self.named(field)?;
            self.open(field, &narrator)?;
            is_other = true;
        }
        for field in self.voices() {
            let settings = VoiceSettings {
                rate: narrator.rate,
                dry: narrator.dry,
                phonemizer: PhonemesBy::Whoever,
                ..VoiceSettings::of(&self.named(field)?)
            };
            self.open(field, &settings)?;
            for role in roles::roles(&field.key).into_iter().filter(|role| !decided(role)) {
                // A language is spoken by one voice, whichever article it is in.
                let own = item.filter(|_| !roles::is_language(&role));
                let role = own.map_or_else(|| role.clone(), |number| roles::of_item(number, &role));
                if !decided(&role) {
                    request.add_voice(&role, settings.clone());
                }
            }
        }
        match role {
            Some(role) if is_other => request.add_voice(&role, narrator),
            None => request.voice = narrator,
            Some(_) => {}
        }
        Ok(())
    }

    /// The name of the voice in an entry. Not a path or an address: what is in a text of others opens no
    /// file and asks no server.
    fn named(&self, field: &Field) -> Result<String, Error> {
        let name = field.text();
        if is_name(&name) && !name.to_lowercase().ends_with(".onnx") {
            return Ok(name);
        }
        let reason = message!(
            "`{key}: {name}` is not the name of a voice, such as bac-nu",
            key = field.key,
            name
        );
        Err(self.wrong(field, reason))
    }

    /// Opens a voice, so that one that is not there has the line where it is asked for.
    fn open(&self, field: &Field, voice: &VoiceSettings) -> Result<(), Error> {
        self.context.open(voice).map_err(|error| {
            let setting = format!("{}: {}", field.key, voice.name);
            error.of_setting(self.name, field.line, &setting)
        })
    }

    fn wrong(&self, field: &Field, reason: Message) -> Error {
        Error::table(self.name, field.line, reason)
    }
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
        let asked = as_article_asks(&Context::default(), &request, &article)
            .map_err(|error| error.to_string())?;
        Ok((asked.voice.name.clone(), asked.voice.rate))
    }

    #[test]
    fn what_is_heeded_is_done_and_nothing_else() {
        let all = Heeded { voice: true, rate: true, ..Heeded::default() };
        let given = [("voice", "bac-nu"), ("rate", "1,25")];
        let usual = VoiceSettings::default();
        assert_eq!(asked(&given, all.clone()), Ok(("bac-nu".to_owned(), 1.25)));
        assert_eq!(
            asked(&given, Heeded { voice: false, ..all.clone() }),
            Ok((usual.name.clone(), 1.25))
        );
        assert_eq!(
            asked(&given, Heeded { rate: false, ..all.clone() }),
            Ok(("bac-nu".to_owned(), 1.0))
        );
        assert_eq!(asked(&given, Heeded::default()), Ok((usual.name, 1.0)));
    }

    #[test]
    fn what_is_not_possible_has_its_line() {
        let all = Heeded { voice: true, rate: true, ..Heeded::default() };
        for voice in ["../voice", "/etc/a.onnx", "http://127.0.0.1/v1#a", "a.onnx"] {
            let error = asked(&[("title", "x"), ("voice", voice)], all.clone()).unwrap_err();
            assert!(error.starts_with("a.md, line 3: `voice: "), "{error}");
        }
        for rate in ["fast", "9", "-1", "NaN"] {
            let error = asked(&[("rate", rate)], all.clone()).unwrap_err();
            assert!(error.starts_with("a.md, line 2: ") && error.contains("0.5 to 3"), "{error}");
        }
    }
}
