"""The verb that signs a saved paper with a digital key."""

from pathlib import Path

from cchc_desk.console.runtime import Answer, NewVerb, Options, Usage, secret


def add(verb: NewVerb) -> None:
    """Add this verb to the command line."""
    made = verb(
        "sign-pdf", _sign_pdf, "ký số một thư, thông báo đã lưu thành tệp", file={"type": Path}
    )
    key = made.add_mutually_exclusive_group(required=True)
    key.add_argument("--p12", type=Path, help="tệp khóa .p12, .pfx")
    key.add_argument("--pkcs11", type=Path, help="thư viện PKCS#11 của thiết bị ký số")
    made.add_argument("--token", help="nhãn của thiết bị ký số")
    made.add_argument("--image", type=Path, help="ảnh chữ ký màu xanh, PNG nền trong suốt")
    made.add_argument("--out", "-o", type=Path, required=True)


def _sign_pdf(options: Options) -> Answer:
    from cchc_desk.actions.documents import digital_signature
    from cchc_desk.actions.documents.saving import save_file

    pdf, out, image = digital_signature.content_of(options.file), options.out, options.image
    if options.p12:
        password = secret("CCHC_PIN", "Mật khẩu của tệp khóa: ")
        signed = digital_signature.sign_with_file(pdf, options.p12, password, image)
    elif options.token:
        pin = secret("CCHC_PIN", "Mã PIN của thiết bị ký số: ")
        module, token = options.pkcs11, options.token
        signed = digital_signature.sign_with_token(pdf, module, token, pin, image)
    else:
        raise Usage("Hãy ghi nhãn của thiết bị ký số: --token NHÃN.")
    save_file(signed.pdf, out)
    return {"file": str(out), "signer": signed.signer, "at": signed.at}
