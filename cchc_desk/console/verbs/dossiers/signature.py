"""The verb that signs a paper with a digital key."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_desk.console.runtime import Answer, NewVerb, Options, opened, secret

if TYPE_CHECKING:
    from cchc_desk.actions.documents.digital_signature import SignedPaper


def add(verb: NewVerb) -> None:
    """Add this verb to the command line."""
    made = verb(
        "sign-pdf",
        _sign_pdf,
        "ký số một thư, thông báo dừng: theo mã của nó, hoặc tệp đã lưu",
        paper={"help": "mã của thư, hoặc tệp PDF đã lưu"},
    )
    key = made.add_mutually_exclusive_group(required=True)
    key.add_argument("--p12", type=Path, help="tệp khóa .p12, .pfx")
    key.add_argument("--pkcs11", type=Path, help="thư viện PKCS#11 của thiết bị ký số")
    made.add_argument("--token", default="", help="nhãn của thiết bị, khi cắm nhiều thiết bị")
    made.add_argument("--image", type=Path, help="ảnh chữ ký màu xanh, PNG nền trong suốt")
    made.add_argument("--out", "-o", type=Path)


def _sign_pdf(options: Options) -> Answer:
    from cchc_desk.actions.documents import digital_signature
    from cchc_desk.actions.documents.saving import save_file

    file, sign = Path(options.paper), _signature(options)
    if file.suffix.lower() == ".pdf" or file.is_file():
        signed = sign(digital_signature.content_of(file))
        out = options.out or file.with_name(f"{file.stem}-ky-so.pdf")
        save_file(signed.pdf, out)
    else:
        from cchc_desk.actions.documents import signed_papers

        def place(code: str) -> Path:
            return options.out or Path(f"{code}-ky-so.pdf")

        with opened(options) as desk:
            code, signed = signed_papers.sign_paper(desk, options.paper, sign, place)
        out = place(code)
    return {"file": str(out), "signer": signed.signer, "at": signed.at}


def _signature(options: Options) -> "Callable[[bytes], SignedPaper]":
    """Return the signing with the key that was named; its secret is read first."""
    from cchc_desk.actions.documents import digital_signature

    if options.p12:
        password = secret("CCHC_PIN", "Mật khẩu của tệp khóa: ")
        return partial(
            digital_signature.sign_with_file,
            key=options.p12,
            password=password,
            image=options.image,
        )
    pin = secret("CCHC_PIN", "Mã PIN của thiết bị ký số: ")
    return partial(
        digital_signature.sign_with_token,
        module=options.pkcs11,
        token=options.token,
        pin=pin,
        image=options.image,
    )
