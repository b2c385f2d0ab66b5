"""The layout that every paper is drawn with: fonts, sheets, tables, blocks, words."""
