//! The read-along page of an episode: it stays at one address whatever becomes of the sound.

use std::path::Path;

use super::address::relative;
use super::articles::EpisodeArticle;
use super::item::{Item, versioned};
use super::show::Show;
use super::{episode, publish, records};
use crate::files::PathBelow;
use crate::model::error::Error;
use crate::sound::captions::read_marks;
use crate::sound::page::{self, Home, PageInfo, PageSound, Web};

/// The extension of pages.
const EXTENSION: &str = "html";

/// Writes the page of an episode, and names it in `item`. Where the article is no longer the one that
/// is heard, the page stays as it was.
///
/// # Errors
/// [`ErrorKind::Write`](crate::model::error::ErrorKind::Write) if it cannot be written;
/// [`ErrorKind::Request`](crate::model::error::ErrorKind::Request) if what was decided of the article
/// does not fit it.
pub(super) fn publish(
    show: &Show,
    (output, folder): (&Path, &Path),
    image: &str,
    article: &EpisodeArticle,
    item: &mut Item,
) -> Result<(), Error> {
    let path = format!("{}/{}.{EXTENSION}", episode::FOLDER, item.name);
    let below =
        PathBelow::parse(path).map_err(|reason| Error::input(item.name.as_str(), reason))?;
    let file = below.in_folder(output);
    let marks = records::marks(folder, &versioned(&item.name, item.version));
    if let Ok(sentences) = read_marks(&marks, &article.article.text) {
        let url = |below: &PathBelow| show.base_url.join(below.as_str());
        // The smaller ones, which not every browser plays, come first.
        let sounds = item.sounds.iter().rev().map(|sound| {
            let path = sound.file.path.as_str();
            let name = path.rsplit('/').next().unwrap_or(path);
            PageSound::Linked { address: relative(name), mime: &sound.file.mime }
        });
        let picture = item.image.as_ref().map_or(image, PathBelow::as_str);
        let said = &item.metadata;
        let sound = item.sounds.first().map(|sound| url(&sound.file.path));
        let web = Web {
            url: &url(&below),
            description: &said.description,
            site: &show.title,
            image: &show.base_url.join(picture),
            sound: sound.as_deref().unwrap_or_default(),
        };
        let info = PageInfo {
            title: &said.title,
            source: said.link.as_deref(),
            home: Some(Home { address: "../index.html", name: &show.title }),
            picture: Some(&format!("../{}", relative(picture))),
            web: Some(web),
        };
        let document = article.decided.edits.apply(&article.article)?;
        let mut bytes = Vec::new();
        page::write(&mut bytes, &document, &sentences, sounds.collect(), &info)
            .map_err(|fault| fault.in_file(&file))?;
        publish::file(&file, &bytes)?;
    }
    item.page = file.is_file().then_some(below);
    Ok(())
}
