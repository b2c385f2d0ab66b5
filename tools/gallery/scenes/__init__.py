"""The scenes by page; importing the package fills the table.

They are played in this order, which is part of what the pictures show: a dossier returned on the
citizen's screen is no longer late on a page that comes after.
"""

# ruff: noqa: I001
from tools.gallery.scenes import before_log_in as before_log_in
from tools.gallery.scenes import day as day
from tools.gallery.scenes import intake as intake
from tools.gallery.scenes import on_the_spot as on_the_spot
from tools.gallery.scenes import dossiers as dossiers
from tools.gallery.scenes import lists as lists
from tools.gallery.scenes import overdue as overdue
from tools.gallery.scenes import registers as registers
from tools.gallery.scenes import figures as figures
from tools.gallery.scenes import courtesy as courtesy
from tools.gallery.scenes import hand_over as hand_over
from tools.gallery.scenes import procedures as procedures
from tools.gallery.scenes import settings as settings
from tools.gallery.scenes import preview as preview
from tools.gallery.scenes import citizen_screen as citizen_screen
from tools.gallery.scenes import faults as faults
from tools.gallery.scenes import practice as practice
from tools.gallery.scenes import log_in as log_in
