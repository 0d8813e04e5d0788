"""The words of a page or a work as they go out: line by line as printed, and one writer for each format."""
