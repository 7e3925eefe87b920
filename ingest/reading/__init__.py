"""Words of a document into facts. Pure: no Django, no network, no clock."""
