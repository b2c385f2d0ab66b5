"""Certifications (chứng thực): the four official books, and the lines that they are filled with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cchc_desk.domain.text.vietnamese import fold
from cchc_desk.i18n import _, later


class CertificationBook(StrEnum):
    """A kind of certification book; each has numbers of its own, from 01 in every year.

    Decree 23/2015/NĐ-CP, article 13.
    """

    COPY = "copy"
    SIGNATURE = "signature"
    TRANSLATOR = "translator"
    CONTRACT = "contract"

    @property
    def symbol(self) -> str:
        """The sign behind the volume in a certification: `SCT/BS`."""
        return _SYMBOLS[self]

    @property
    def asks_id_number(self) -> bool:
        """True where the book has the number of the requester's identity paper beside the name."""
        return self is not CertificationBook.COPY


_SYMBOLS = {
    CertificationBook.COPY: "SCT/BS",
    CertificationBook.SIGNATURE: "SCT/CK,ĐC",
    CertificationBook.TRANSLATOR: "SCT/CKND",
    CertificationBook.CONTRACT: "SCT/HĐ,GD",
}
BOOK_NAMES = {
    CertificationBook.COPY: later("Sổ chứng thực bản sao từ bản chính"),
    CertificationBook.SIGNATURE: later("Sổ chứng thực chữ ký, điểm chỉ"),
    CertificationBook.TRANSLATOR: later("Sổ chứng thực chữ ký người dịch"),
    CertificationBook.CONTRACT: later("Sổ chứng thực hợp đồng, giao dịch"),
}
# The procedures done while the citizen waits, in the order in which the page offers them.
BOOK_OF_PROCEDURE = {
    "2.000815": CertificationBook.COPY,
    "2.000884": CertificationBook.SIGNATURE,
    "2.001035": CertificationBook.CONTRACT,
    "2.000942": CertificationBook.COPY,
    "2.001008": CertificationBook.TRANSLATOR,
    "2.000992": CertificationBook.TRANSLATOR,
    "2.000913": CertificationBook.CONTRACT,
    "2.000927": CertificationBook.CONTRACT,
    "2.001016": CertificationBook.CONTRACT,
    "2.001019": CertificationBook.CONTRACT,
    "2.001406": CertificationBook.CONTRACT,
}
# Offered until the desk has papers of its own; general knowledge, no list of a law.
USUAL_PAPERS = (
    "Căn cước",
    "Giấy khai sinh",
    "Bằng tốt nghiệp trung học phổ thông",
    "Bằng tốt nghiệp đại học",
    "Giấy chứng nhận quyền sử dụng đất",
    "Giấy chứng nhận kết hôn",
    "Học bạ",
    "Giấy phép lái xe",
    "Giấy đăng ký xe",
    "Giấy xác nhận thông tin về cư trú",
    "Trích lục khai tử",
    "Giấy xác nhận tình trạng hôn nhân",
    "Giấy chứng nhận đăng ký doanh nghiệp",
    "Sơ yếu lý lịch",
    "Giấy ủy quyền",
    "Chứng chỉ tiếng Anh",
)


@dataclass(frozen=True)
class Certification:
    """One line of a book: one paper, however many copies of it were made at once.

    One number for each paper (Circular 01/2020/TT-BTP, article 4). `fee` is in đồng, None where the
    catalogue has words only; `signer` is a log-in name, `signer_title` as it was on that day.
    """

    book: CertificationBook
    year: int
    volume: int
    number: int
    at: datetime
    paper: str
    pages: int
    copies: int
    fee: int | None
    signer: str
    signer_title: str = ""
    note: str = ""

    @property
    def volume_text(self) -> str:
        """`01/2026-SCT/BS`, as it stands in the certification."""
        return f"{self.volume:02d}/{self.year}-{self.book.symbol}"

    @property
    def number_text(self) -> str:
        """`05` below ten, as numbers of papers are written."""
        return f"{self.number:02d}"


@dataclass(frozen=True)
class BookLine:
    """A line of a book with the dossier, the requester and the signer as the book has them.

    `void`: its dossier was cancelled, withdrawn or stopped since; the number stays used.
    """

    line: Certification
    code: str
    name: str
    id_number: str
    signer_name: str
    void: bool = False

    @property
    def requester(self) -> str:
        """The name, with the number of the identity paper where the book asks for it."""
        if not self.line.book.asks_id_number or not self.id_number:
            return self.name
        return f"{self.name}\n{self.id_number}"

    @property
    def signed_by(self) -> str:
        """Name and title of the signer."""
        return ", ".join(filter(None, (self.signer_name, self.line.signer_title)))


@dataclass(frozen=True)
class BookSum:
    """Sums over the lines of a book, without the void ones; `fees` in đồng."""

    count: int
    copies: int
    fees: int


def sum_of(lines: Iterable[BookLine]) -> BookSum:
    """Add up the lines that hold."""
    valid = [one.line for one in lines if not one.void]
    return BookSum(
        len(valid), sum(line.copies for line in valid), sum(line.fee or 0 for line in valid)
    )


def matching_papers(papers: Sequence[str], typed: str) -> tuple[str, ...]:
    """Return the papers whose words begin with the typed ones in order; the same name comes first.

    «gks» finds Giấy khai sinh by its initials. All of them where nothing is typed.
    """
    wanted = fold(typed).split()
    found = [paper for paper in papers if _fits(fold(paper).split(), wanted)]
    return tuple(sorted(found, key=lambda paper: fold(paper).split() != wanted))


def _fits(words: Sequence[str], wanted: Sequence[str]) -> bool:
    if len(wanted) == 1 and "".join(word[0] for word in words).startswith(wanted[0]):
        return True
    left = iter(words)
    return all(any(word.startswith(part) for word in left) for part in wanted)


def numbers_text(lines: Sequence[Certification]) -> str:
    """Return `12, 13, quyển số 01/2026-SCT/BS` for one line or more of one book and volume."""
    numbers = ", ".join(line.number_text for line in lines)
    return _("{numbers}, quyển số {volume}").format(numbers=numbers, volume=lines[0].volume_text)
