"""The structure tree: what a document says and in which order, apart from how it is drawn (ISO 32000-1, 14.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Page, Pdf, Stream, String

from spip_desktop.documents.kit.fillable import Entry, put_fields

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>fr-FR</rdf:li></rdf:Bag></dc:language></rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(slots=True, eq=False)
class Node:
    """One element: its tag, what it holds in reading order, and for a figure its words.

    A kid is an element, a marked piece of a page (page from 0, number of the mark on it), or a field to fill in.
    """

    tag: str
    alt: str = ""
    scope: str = ""
    bbox: tuple[float, float, float, float] | None = None
    kids: list["Node | tuple[int, int] | Entry"] = field(default_factory=list)


def finish(content: bytes, root: Node, title: str, entries: Sequence[Entry] = ()) -> Pdf:
    """The drawn pages with their structure, language and a title that names nobody; nothing else is said of them."""
    pdf = Pdf.open(BytesIO(content))
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    widgets = put_fields(pdf, entries)
    marks: list[dict[int, Object]] = [{} for _ in pdf.pages]
    of_fields: list[Object] = []
    tree.K = Array([_Tree(pdf, list(pdf.pages), marks, widgets, of_fields).element(root, tree)])
    numbers = Array()
    for index, page in enumerate(pdf.pages):
        page.obj.StructParents = index
        page.obj.Tabs = Name.S
        parents = Array([marks[index][mark] for mark in range(len(marks[index]))])
        numbers.append(index)
        numbers.append(pdf.make_indirect(parents))
    for key, made in enumerate(of_fields, len(marks)):
        numbers.append(key)
        numbers.append(made)
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(marks) + len(of_fields)
    describe(pdf, tree, title)
    return pdf


@dataclass(frozen=True, slots=True)
class _Tree:
    """The structure being written: the marks of each page and the fields find their element again."""

    pdf: Pdf
    pages: list[Page]
    marks: list[dict[int, Object]]
    widgets: Mapping[str, Object]
    of_fields: list[Object]

    def element(self, node: Node, parent: Object) -> Object:
        made = _element(self.pdf, node, parent)
        home = next((kid[0] for kid in node.kids if isinstance(kid, tuple)), None)
        if home is not None:
            made.Pg = self.pages[home].obj
        kids = Array([self._kid(kid, made, home) for kid in node.kids])
        if node.kids:
            made.K = kids[0] if len(kids) == 1 else kids
        return made

    def _kid(self, kid: Node | tuple[int, int] | Entry, made: Object, home: int | None) -> Object | int:
        if isinstance(kid, Node):
            return self.element(kid, made)
        if isinstance(kid, Entry):
            widget = self.widgets[kid.name]
            widget.StructParent = len(self.marks) + len(self.of_fields)
            self.of_fields.append(made)
            return Dictionary(Type=Name.OBJR, Obj=widget, Pg=self.pages[kid.page].obj)
        page, mark = kid
        self.marks[page][mark] = made
        return mark if page == home else Dictionary(Type=Name.MCR, Pg=self.pages[page].obj, MCID=mark)


def _element(pdf: Pdf, node: Node, parent: Object) -> Object:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + node.tag), P=parent))
    attributes = []
    if node.alt:
        made.Alt = String(node.alt)
    if node.scope:
        attributes.append(Dictionary(O=Name.Table, Scope=Name("/" + node.scope)))
    if node.bbox:
        attributes.append(Dictionary(O=Name.Layout, BBox=Array([round(edge, 2) for edge in node.bbox])))
    if attributes:
        made.A = attributes[0] if len(attributes) == 1 else Array(attributes)
    return made


def describe(pdf: Pdf, tree: Object, title: str) -> None:
    """Title and language only: no author, no program, no date of the workstation."""
    root = pdf.Root
    root.StructTreeRoot = tree
    root.MarkInfo = Dictionary(Marked=True)
    root.Lang = String("fr-FR")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    metadata = Stream(pdf, _XMP.format(title=escaped).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    root.Metadata = pdf.make_indirect(metadata)
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String(title)))


def bookmark(pdf: Pdf, titles: Sequence[tuple[int, str, int]]) -> None:
    """The titles as bookmarks, each under the last one of a higher level: (level, title, page from 1)."""
    if not titles:
        return
    with pdf.open_outline() as outline:
        above: list[tuple[int, OutlineItem]] = []
        for level, title, page in titles:
            item = OutlineItem(title, page - 1)
            while above and above[-1][0] >= level:
                above.pop()
            (above[-1][1].children if above else outline.root).append(item)
            above.append((level, item))
    pdf.Root.PageMode = Name.UseOutlines
