//! A tree of HTML whose blocks say on which line of the source they begin.
//!
//! `html5ever` tells the line while it parses; the tree of `dom_query` has no place for it. So it is kept
//! as an attribute, which is copied wherever an extractor copies an element.

use std::borrow::Cow;
use std::cell::Cell;

use dom_query::{Document, NodeId, NodeRef};
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, ns};

use super::element::is_inline;

/// The attribute that says on which line of the source an element begins.
pub(super) const ATTRIBUTE: &str = "data-docbao-line";

/// The line of the source on which an element begins, if it is known.
pub(super) fn line(node: &NodeRef) -> Option<usize> {
    node.attr(ATTRIBUTE)?.parse().ok()
}

/// Builds a tree; all but the creation of elements is the document's own.
pub(super) struct Lined {
    /// The tree so far.
    pub document: Document,
    /// The line that is being parsed, from 1.
    line: Cell<u64>,
    has_lines: bool,
}

impl Lined {
    /// A tree in a document, with or without lines.
    pub(super) fn new(document: Document, has_lines: bool) -> Lined {
        Lined { document, line: Cell::new(1), has_lines }
    }
}

impl TreeSink for Lined {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn create_element(
        &self,
        name: QualName,
        mut attrs: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        if self.has_lines && !is_inline(&name.local) {
            let name = QualName::new(None, ns!(), LocalName::from(ATTRIBUTE));
            let value = StrTendril::from(self.line.get().to_string());
            attrs.push(Attribute { name, value });
        }
        self.document.create_element(name, attrs, flags)
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(line);
    }

    fn finish(self) -> Document {
        self.document.finish()
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.document.parse_error(message);
    }

    fn get_document(&self) -> NodeId {
        self.document.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.document.elem_name(target)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.document.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.document.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        self.document.append_based_on_parent_node(element, previous, child);
    }

    fn append_doctype_to_document(
        &self,
        name: StrTendril,
        public_id: StrTendril,
        system_id: StrTendril,
    ) {
        self.document.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.document.get_template_contents(target)
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        self.document.same_node(one, other)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.document.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.document.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.document.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.document.reparent_children(node, parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &NodeId) -> bool {
        self.document.is_mathml_annotation_xml_integration_point(node)
    }
}
