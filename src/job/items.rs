//! The articles of a recording of several, each as a part that can have a voice of its own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::model::article::Article;
use crate::model::manner::{self, Manner, MannerKind};
use crate::model::roles;
use crate::model::voice_settings::VoiceSettings;

/// The article in which each of several is told from the others, if one of these voices is for one of them.
pub(super) fn told_apart<'a>(
    article: &'a Article,
    voices: &BTreeMap<String, VoiceSettings>,
) -> Cow<'a, Article> {
    if article.parts.is_empty() || !voices.keys().any(|role| roles::is_of_item(role)) {
        return Cow::Borrowed(article);
    }
    let mut told = article.clone();
    let items = article.items();
    told.manners
        .extend(items.map(|(number, _, span)| Manner { span, kind: MannerKind::Item(number) }));
    manner::sort(&mut told.manners);
    Cow::Owned(told)
}
