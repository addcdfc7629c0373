//! Attributes of XML elements.

use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attributes;

/// The attributes of an element, as they are: whether two have the same name is not looked for, which
/// would compare each with all others.
pub(super) fn attributes<'a>(element: &'a BytesStart) -> Attributes<'a> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    attributes
}
