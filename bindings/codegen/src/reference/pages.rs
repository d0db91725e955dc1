//! The pages as the templates take them.

use super::links::{self, PUSHES};
use super::view::{CodesView, FieldsView, Mark, ObjectView, Viewer, field_mark, pretty};
use crate::model::{
    FIELD_EVIDENCE, Group, PATH_EVIDENCE, Section, about, is_published, path_evidence_meaning, safety_meaning,
};
use crate::openapi::{Error, routed_example};
use serde::Serialize;
use xportcn_core::Endpoint;
use xportcn_core::endpoint::{Candidate, FieldEvidence, PathEvidence, Safety};
use xportcn_core::push::Push;

#[derive(Serialize)]
pub(super) struct IndexView {
    groups: Vec<GroupLine>,
    pushes: Vec<PushLine>,
    calls: usize,
    path_evidence: Vec<Counted>,
    field_evidence: Vec<Counted>,
    safety: Vec<Counted>,
}

/// A mark, and how many calls have it.
#[derive(Serialize)]
struct Counted {
    mark: Mark,
    /// In a column each, where requests and replies have marks of their own.
    calls: Vec<usize>,
}

#[derive(Serialize)]
struct GroupLine {
    page: &'static str,
    title: &'static str,
    about: &'static str,
    sections: Vec<SectionLine>,
}

#[derive(Serialize)]
struct SectionLine {
    title: String,
    rows: Vec<RowLine>,
}

#[derive(Serialize)]
struct RowLine {
    id: &'static str,
    title: &'static str,
    method: &'static str,
    path: &'static str,
    path_published: bool,
    safety: &'static str,
    evidence: [&'static str; 3],
}

#[derive(Serialize)]
struct PushLine {
    id: &'static str,
    title: &'static str,
    evidence: &'static str,
}

#[derive(Serialize)]
pub(super) struct GroupView {
    title: &'static str,
    about: &'static str,
    sections: Vec<SectionView>,
    objects: Vec<ObjectView>,
    codes: Vec<CodesView>,
}

#[derive(Serialize)]
struct SectionView {
    title: String,
    about: &'static str,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    line: RowLine,
    about: String,
    path_evidence: Mark,
    candidates: Vec<CandidateView>,
    safety: Mark,
    paging: Option<[&'static str; 3]>,
    signed_query: bool,
    request: FieldsView,
    reply: FieldsView,
    example: String,
    wire_path: String,
    wire_body: Option<String>,
    sources: &'static [&'static str],
}

#[derive(Serialize)]
struct CandidateView {
    method: &'static str,
    path: &'static str,
    evidence: &'static str,
}

#[derive(Serialize)]
pub(super) struct PushesView {
    rows: Vec<PushView>,
    objects: Vec<ObjectView>,
    codes: Vec<CodesView>,
}

#[derive(Serialize)]
struct PushView {
    line: PushLine,
    about: String,
    platform: Option<i64>,
    types: &'static [&'static str],
    otherwise: Option<&'static str>,
    content: FieldsView,
    answer: Mark,
    example: String,
    sources: &'static [&'static str],
}

impl Viewer<'_> {
    /// The index page.
    pub(super) fn index(&self) -> IndexView {
        let groups = self.model.groups.iter().map(|group| GroupLine {
            page: group.id,
            title: group.title,
            about: group.about,
            sections: group.sections.iter().filter(|section| !section.calls.is_empty()).map(section_line).collect(),
        });
        IndexView {
            groups: groups.collect(),
            pushes: self.all_pushes().map(push_line).collect(),
            calls: self.model.sections().map(|section| section.calls.len()).sum(),
            path_evidence: PATH_EVIDENCE
                .iter()
                .map(|evidence| {
                    let calls = vec![self.count(|row| row.evidence.path == *evidence)];
                    Counted { mark: path_mark(*evidence), calls }
                })
                .collect(),
            field_evidence: FIELD_EVIDENCE
                .iter()
                .map(|evidence| {
                    let requests = self.count(|row| row.evidence.request == *evidence);
                    let replies = self.count(|row| row.evidence.reply == *evidence);
                    Counted { mark: field_mark(*evidence), calls: vec![requests, replies] }
                })
                .collect(),
            safety: [Safety::Read, Safety::Write]
                .map(|safety| Counted {
                    mark: safety_mark(safety),
                    calls: vec![self.count(|row| row.safety == safety)],
                })
                .into(),
        }
    }

    /// How many calls are so.
    fn count(&self, is_so: impl Fn(&Endpoint) -> bool) -> usize {
        self.model.sections().flat_map(|section| &section.calls).filter(|row| is_so(row)).count()
    }

    /// The page of a group.
    pub(super) fn group(&self, group: &Group) -> Result<GroupView, Error> {
        let sections = group.sections.iter().filter(|section| !section.calls.is_empty());
        Ok(GroupView {
            title: group.title,
            about: group.about,
            sections: sections.map(|section| self.section(section)).collect::<Result<_, _>>()?,
            objects: self.objects(group.id),
            codes: self.codes(group.id),
        })
    }

    /// The page of pushed messages.
    pub(super) fn pushes(&self) -> Result<PushesView, Error> {
        Ok(PushesView {
            rows: self.all_pushes().map(|row| self.push(row)).collect::<Result<_, _>>()?,
            objects: self.objects(PUSHES),
            codes: self.codes(PUSHES),
        })
    }

    fn all_pushes(&self) -> impl Iterator<Item = &'static Push> {
        self.model.sections().flat_map(|section| section.pushes.iter().copied())
    }

    fn section(&self, section: &Section) -> Result<SectionView, Error> {
        let rows = section.calls.iter().map(|row| self.row(row)).collect::<Result<_, _>>()?;
        Ok(SectionView { title: section.title.clone(), about: section.about, rows })
    }

    fn row(&self, row: &'static Endpoint) -> Result<RowView, Error> {
        let page = links::page_of(row.id);
        let routed = routed_example(row)?;
        let query = if routed.query.is_empty() { String::new() } else { format!("?{}", routed.query) };
        let body = routed.body.map(String::from_utf8).transpose()?;
        Ok(RowView {
            line: row_line(row),
            about: about(row.doc),
            path_evidence: path_mark(row.evidence.path),
            candidates: row.candidates.iter().map(candidate).collect(),
            safety: safety_mark(row.safety),
            paging: row.paging.map(|paging| [paging.page, paging.size, paging.items]),
            signed_query: row.signed_query,
            request: self.request(row.request, row.evidence.request, page),
            reply: self.received(&row.reply, row.evidence.reply, page),
            example: pretty(row.example)?,
            wire_path: routed.path + &query,
            wire_body: body.map(|body| pretty(&body)).transpose()?,
            sources: row.sources,
        })
    }

    fn push(&self, row: &'static Push) -> Result<PushView, Error> {
        Ok(PushView {
            line: push_line(row),
            about: about(row.doc),
            platform: row.platform,
            types: row.types,
            otherwise: row.otherwise,
            content: self.received(&row.body, row.request, PUSHES),
            answer: field_mark(row.reply),
            example: pretty(row.example)?,
            sources: row.sources,
        })
    }
}

fn section_line(section: &Section) -> SectionLine {
    SectionLine { title: section.title.clone(), rows: section.calls.iter().map(|row| row_line(row)).collect() }
}

fn row_line(row: &'static Endpoint) -> RowLine {
    RowLine {
        id: row.id,
        title: row.title(),
        method: row.method.as_str(),
        path: row.path,
        path_published: is_published(row.evidence.path),
        safety: row.safety.as_str(),
        evidence: [row.evidence.path.as_str(), row.evidence.request.as_str(), row.evidence.reply.as_str()],
    }
}

fn candidate(other: &Candidate) -> CandidateView {
    CandidateView { method: other.method.as_str(), path: other.path, evidence: other.evidence.as_str() }
}

fn push_line(row: &'static Push) -> PushLine {
    PushLine { id: row.id, title: row.title(), evidence: FieldEvidence::as_str(row.request) }
}

fn path_mark(evidence: PathEvidence) -> Mark {
    Mark { word: evidence.as_str(), meaning: path_evidence_meaning(evidence) }
}

fn safety_mark(safety: Safety) -> Mark {
    Mark { word: safety.as_str(), meaning: safety_meaning(safety) }
}
