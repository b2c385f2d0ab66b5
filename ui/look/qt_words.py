"""Qt's own words (OK, Cancel, file and print dialogs, menus) in Vietnamese, which Qt lacks.

In every other language Qt speaks English. Native dialogs, such as those of Windows, speak the
system's language.
"""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from cchc_desk import i18n

# Which of Qt's locales a language is: numbers with its decimal sign, and days before months in
# English too.
_LOCALES = {"vi": "vi_VN", "en": "en_GB"}


class QtWords(QTranslator):
    """Asked by Qt for each of its texts; answers None for what shall stay as it is."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if i18n.language() != i18n.SOURCE or context in _AS_ENGRAVED:
            return None
        return VIETNAMESE.get(source)


def install(application: QApplication) -> QtWords:
    """Install the translator of Qt's own words; it follows the language in use."""
    words = QtWords(application)
    application.installTranslator(words)
    set_language(i18n.language())
    return words


def set_language(name: str) -> None:
    """Set the language of new texts to `name`, a key of i18n.LANGUAGES; others stay."""
    i18n.use(name)
    QLocale.setDefault(QLocale(_LOCALES.get(name, name)))


# Keys are called what is engraved on them, on a Vietnamese keyboard too.
_AS_ENGRAVED = {"QShortcut"}

# A mnemonic (&) stands before a letter that one key types.
VIETNAMESE = {
    # Buttons of dialogs
    "OK": "Đồng ý",
    "Cancel": "Thôi",
    "Save": "Lưu",
    "Save As": "Lưu thành tệp",
    "&Save": "&Lưu",
    "Save All": "Lưu tất cả",
    "Open": "Mở",
    "&Open": "&Mở",
    "&Yes": "&Có",
    "Yes to &All": "Có &tất cả",
    "&No": "&Không",
    "N&o to All": "Khôn&g tất cả",
    "Abort": "Dừng",
    "Retry": "Thử lại",
    "Ignore": "Bỏ qua",
    "Close": "Đóng",
    "Discard": "Bỏ thay đổi",
    "Help": "Trợ giúp",
    "Apply": "Áp dụng",
    "Reset": "Đặt lại",
    "Restore Defaults": "Về mặc định",
    "Show Details...": "Hiện chi tiết…",
    "Hide Details...": "Ẩn chi tiết",
    "Enter a value:": "Nhập giá trị:",
    # The menu of a text field
    "&Undo": "&Hoàn tác",
    "&Redo": "&Làm lại",
    "Cu&t": "&Cắt",
    "&Copy": "&Sao chép",
    "&Paste": "&Dán",
    "Delete": "Xóa",
    "Select All": "Chọn tất cả",
    "&Select All": "Chọn &tất cả",
    "&Step up": "&Tăng",
    "Step &down": "&Giảm",
    # The menu of a scroll bar
    "Scroll here": "Cuộn đến đây",
    "Top": "Lên đầu",
    "Bottom": "Xuống cuối",
    "Page up": "Lên một trang",
    "Page down": "Xuống một trang",
    "Scroll up": "Cuộn lên",
    "Scroll down": "Cuộn xuống",
    "Left edge": "Sang mép trái",
    "Right edge": "Sang mép phải",
    "Page left": "Sang trái một trang",
    "Page right": "Sang phải một trang",
    "Scroll left": "Cuộn sang trái",
    "Scroll right": "Cuộn sang phải",
    "Scroll Left": "Cuộn sang trái",
    "Scroll Right": "Cuộn sang phải",
    # The file dialog
    "&Look in:": "&Tìm trong:",
    "Back": "Trước",
    "Go back": "Về thư mục trước",
    "Forward": "Sau",
    "Go forward": "Đến thư mục sau",
    "Find Directory": "Chọn thư mục",
    "Parent Directory": "Thư mục cha",
    "Go to the parent directory": "Lên thư mục cha",
    "Create New Folder": "Tạo thư mục mới",
    "Create a New Folder": "Tạo một thư mục mới",
    "List View": "Dạng danh sách",
    "Change to list view mode": "Xem dạng danh sách",
    "Detail View": "Dạng chi tiết",
    "Change to detail view mode": "Xem dạng chi tiết",
    "Sidebar": "Thanh bên",
    "List of places and bookmarks": "Các nơi hay dùng",
    "Files": "Tệp",
    "Directories": "Thư mục",
    "Directory:": "Thư mục:",
    "File &name:": "Tê&n tệp:",
    "Files of &type:": "&Loại tệp:",
    "All Files (*)": "Mọi tệp (*)",
    "All files (*)": "Mọi tệp (*)",
    "&Choose": "&Chọn",
    "&Rename": "Đổ&i tên",
    "&Delete": "&Xóa",
    "Show ": "Hiện ",
    "Show &hidden files": "&Hiện tệp ẩn",
    "&New Folder": "Thư &mục mới",
    "New Folder": "Thư mục mới",
    "Recent Places": "Nơi gần đây",
    "Computer": "Máy tính",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Date Modified": "Ngày sửa",
    "Drive": "Ổ đĩa",
    "Folder": "Thư mục",
    "File": "Tệp",
    "Unknown": "Không rõ",
    "%1 already exists.\nDo you want to replace it?": "Đã có tệp %1.\nThay tệp ấy?",
    "%1\nFile not found.\nPlease verify the correct file name was given.": (
        "%1\nKhông thấy tệp này.\nHãy kiểm tra lại tên tệp."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": (
        "%1\nKhông thấy thư mục này.\nHãy kiểm tra lại tên thư mục."
    ),
    "'%1' is write protected.\nDo you want to delete it anyway?": (
        "«%1» được bảo vệ chống ghi.\nVẫn xóa?"
    ),
    "Are you sure you want to delete '%1'?": "Xóa «%1»?",
    "Could not delete directory.": "Không xóa được thư mục.",
    # The print dialog
    "Print": "In",
    "&Print": "&In",
    "Printer": "Máy in",
    "&Name:": "&Tên:",
    "P&roperties": "Thuộc tí&nh",
    "Location:": "Nơi đặt:",
    "Type:": "Loại:",
    "Preview": "Xem trước",
    "Output &file:": "Ghi ra tệ&p:",
    "Local file": "Tệp trên máy",
    "Print to File (PDF)": "In ra tệp (PDF)",
    "Write PDF file": "Ghi tệp PDF",
    "&Options >>": "Tùy &chọn >>",
    "&Options <<": "Tùy &chọn <<",
    "Options": "Tùy chọn",
    "Print range": "Phạm vi in",
    "Print all": "In tất cả",
    "Pages from": "Từ trang",
    "to": "đến",
    "Pages": "Các trang",
    "Page &Set:": "&Những trang:",
    "All Pages": "Tất cả các trang",
    "Odd Pages": "Trang lẻ",
    "Even Pages": "Trang chẵn",
    "Current Page": "Trang này",
    "Selection": "Phần đã chọn",
    "Output Settings": "Cách in",
    "Copies": "Số bản",
    "Copies:": "Số bản:",
    "Collate": "Xếp theo bộ",
    "Reverse": "In ngược từ trang cuối",
    "Color Mode": "Màu",
    "Color": "In màu",
    "Grayscale": "Thang xám",
    "Double Sided Printing": "In hai mặt",
    "Off": "Không",
    "Long side binding": "Lật theo cạnh dài",
    "Short side binding": "Lật theo cạnh ngắn",
    (
        "Specify pages or ranges separated by commas. Ranges are specified by two numbers "
        "separated by a hyphen. E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9."
    ): (
        "Ghi các trang hoặc khoảng trang, cách nhau bằng dấu phẩy; một khoảng là hai số nối bằng "
        "gạch ngang. Ví dụ: 3,5-7,9 in các trang 3, 5, 6, 7 và 9."
    ),
    (
        "%1 does not follow the correct syntax. Please use ',' to separate ranges and pages, '-' "
        "to define ranges and make sure ranges do not intersect with each other."
    ): (
        "%1 chưa đúng cách ghi. Hãy dùng dấu phẩy giữa các trang và khoảng trang, gạch ngang "
        "trong một khoảng, và đừng để các khoảng chồng lên nhau."
    ),
    "There are conflicts in duplex settings. Do you want to fix them?": (
        "Thiết lập in hai mặt mâu thuẫn nhau. Có sửa không?"
    ),
    "There are conflicts in page setup options. Do you want to fix them?": (
        "Thiết lập trang mâu thuẫn nhau. Có sửa không?"
    ),
    "There are conflicts in some advanced options. Do you want to fix them?": (
        "Vài tùy chọn nâng cao mâu thuẫn nhau. Có sửa không?"
    ),
    "There are conflicts in some options. Please fix them.": (
        "Vài tùy chọn mâu thuẫn nhau. Hãy sửa lại."
    ),
    "Options 'Pages Per Sheet' and 'Page Set' cannot be used together.\n"
    "Please turn one of those options off.": (
        "Không dùng cùng lúc «Số trang mỗi tờ» và «Những trang».\nHãy tắt một trong hai."
    ),
    "%1 is a directory.\nPlease choose a different file name.": (
        "%1 là một thư mục.\nHãy chọn tên tệp khác."
    ),
    "File %1 is not writable.\nPlease choose a different file name.": (
        "Không ghi được tệp %1.\nHãy chọn tên tệp khác."
    ),
    "%1 already exists.\nDo you want to overwrite it?": "Đã có tệp %1.\nGhi đè tệp ấy?",
    # The properties of a printer
    "Printer Properties": "Thuộc tính máy in",
    "Job Options": "Tùy chọn bản in",
    "Page": "Trang",
    "Advanced": "Nâng cao",
    "Paper": "Giấy",
    "Page size:": "Khổ giấy:",
    "Custom": "Tự đặt",
    "Width:": "Rộng:",
    "Height:": "Cao:",
    "Paper source:": "Khay giấy:",
    "Orientation": "Chiều giấy",
    "Portrait": "Dọc",
    "Landscape": "Ngang",
    "Reverse landscape": "Ngang, quay ngược",
    "Reverse portrait": "Dọc, quay ngược",
    "Margins": "Lề",
    "top margin": "lề trên",
    "left margin": "lề trái",
    "right margin": "lề phải",
    "bottom margin": "lề dưới",
    "Page Layout": "Xếp trang",
    "Page &order:": "Thứ tự t&rang:",
    "Pages &per sheet:": "&Số trang mỗi tờ:",
    "Left to Right, Top to Bottom": "Trái sang phải, trên xuống dưới",
    "Left to Right, Bottom to Top": "Trái sang phải, dưới lên trên",
    "Right to Left, Bottom to Top": "Phải sang trái, dưới lên trên",
    "Right to Left, Top to Bottom": "Phải sang trái, trên xuống dưới",
    "Bottom to Top, Left to Right": "Dưới lên trên, trái sang phải",
    "Bottom to Top, Right to Left": "Dưới lên trên, phải sang trái",
    "Top to Bottom, Left to Right": "Trên xuống dưới, trái sang phải",
    "Top to Bottom, Right to Left": "Trên xuống dưới, phải sang trái",
    "Millimeters (mm)": "Milimét (mm)",
    "Inches (in)": "Inch (in)",
    "Points (pt)": "Point (pt)",
    "Job": "Bản in",
    "Job Control": "Điều khiển bản in",
    "Scheduled &printing:": "&Giờ in:",
    "&Billing information:": "Tính &phí:",
    "Job &priority:": "Độ ư&u tiên:",
    "Banner Pages": "Trang bìa",
    "&Start:": "Đầ&u:",
    "&End:": "&Cuối:",
    "Print Immediately": "In ngay",
    "Hold Indefinitely": "Giữ lại, chưa in",
    "Day (06:00 to 17:59)": "Ban ngày (06:00 đến 17:59)",
    "Night (18:00 to 05:59)": "Ban đêm (18:00 đến 05:59)",
    "Second Shift (16:00 to 23:59)": "Ca hai (16:00 đến 23:59)",
    "Third Shift (00:00 to 07:59)": "Ca ba (00:00 đến 07:59)",
    "Weekend (Saturday to Sunday)": "Cuối tuần (thứ Bảy, Chủ nhật)",
    "Specific Time": "Giờ đã định",
    "None": "Không",
    "Standard": "Thường",
    "Unclassified": "Không mật",
    "Confidential": "Mật",
    "Classified": "Có độ mật",
    "Secret": "Tối mật",
    "Top Secret": "Tuyệt mật",
    "Unknown error": "Lỗi không rõ",
}
