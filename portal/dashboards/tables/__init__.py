"""The tables of pages, each described once; ``portal.ui.downloads`` makes files of them."""
