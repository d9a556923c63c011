"""Several papers as one print, with what each says to a screen reader: their structure trees become one."""

from collections.abc import Sequence
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from spip_desktop.documents.kit.pen import PAGE_HEIGHT, PAGE_WIDTH
from spip_desktop.documents.kit.tags import describe


def joined(papers: Sequence[bytes], title: str) -> bytes:
    """A blank back follows an odd page, so that two papers never share a leaf; each paper is a part of the whole."""
    with Pdf.new() as whole:
        tree = whole.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = whole.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree, K=Array()))
        tree.K, tree.ParentTreeNextKey = document, 0
        numbers = Array()
        for content in papers:
            with Pdf.open(BytesIO(content)) as paper:
                _add(whole, paper, document, numbers)
            if len(whole.pages) % 2:
                whole.add_blank_page(page_size=(PAGE_WIDTH, PAGE_HEIGHT))
        tree.ParentTree = whole.make_indirect(Dictionary(Nums=numbers))
        describe(whole, tree, title)
        out = BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return out.getvalue()


def one_sided(content: bytes) -> bytes:
    """The same for a printer of one side: without the blank backs, which would come out as blank leaves."""
    with Pdf.open(BytesIO(content)) as whole:
        backs = [number for number, page in enumerate(whole.pages) if not page.Contents.read_bytes()]
        if not backs:
            return content
        for number in reversed(backs):
            del whole.pages[number]
        out = BytesIO()
        whole.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        return out.getvalue()


def _add(whole: Pdf, paper: Pdf, document: Object, numbers: Array) -> None:
    """The pages first: what is copied after them points at the pages of the whole."""
    tree, first = document.P, len(whole.pages)
    offset = int(tree.ParentTreeNextKey)
    whole.pages.extend(paper.pages)
    for page in list(whole.pages)[first:]:
        page.obj.StructParents = int(page.obj.StructParents) + offset
    own = whole.copy_foreign(paper.Root.StructTreeRoot)
    for part in own.K:
        part.S, part.P, part.T = Name.Part, document, String(str(paper.docinfo.Title))
        document.K.append(part)
    nums = list(own.ParentTree.Nums)
    for key, of_key in zip(nums[::2], nums[1::2], strict=True):
        numbers.append(int(key) + offset)
        numbers.append(of_key)
    tree.ParentTreeNextKey = offset + int(own.ParentTreeNextKey)
