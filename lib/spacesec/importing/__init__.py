"""Public files as their publishers write them, read into candidate rows; nothing is written here.

``found`` holds what a reader gives, ``kinds`` one entry a kind of file. The command is
`spacesec.collection.door`; questions read files of a reader's own (``elements_file``) through the same
readers, which is why they stand below the themes.
"""
