"""Charts as plain records, and where each shape of them lies. Pure: templates/components draws them."""
