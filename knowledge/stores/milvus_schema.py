"""What a collection looks like in Milvus."""

from typing import Any

ENCODER = "citydesk.encoder"
"""Property that holds the encoder's checksum."""
LONGEST_TERMS = 65_535
"""Bytes that Milvus takes in a text field."""


def create_collection(client: Any, name: str, dimension: int, encoder: str, *, in_file: bool, exact: bool) -> None:
    """Create `name` through a connected MilvusClient; raises pymilvus's own errors."""
    from pymilvus import DataType, Function, FunctionType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False, description=encoder)
    schema.add_field("id", DataType.INT64, is_primary=True)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    analyser = {"tokenizer": "standard"}  # terms come from our own analyser, in characters that this leaves whole
    schema.add_field(
        "terms", DataType.VARCHAR, max_length=LONGEST_TERMS, enable_analyzer=True, analyzer_params=analyser
    )
    schema.add_field("bm25", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(
        Function(name="bm25", function_type=FunctionType.BM25, input_field_names=["terms"], output_field_names=["bm25"])
    )
    indexes = client.prepare_index_params()
    # Vectors have length 1, so that the inner product is the cosine; text without any known piece has 0, and stays 0.
    indexes.add_index("vector", index_type="FLAT" if exact else "AUTOINDEX", metric_type="IP")
    weights = {"bm25_k1": 1.2, "bm25_b": 0.75}
    # milvus-lite reads only what is nested once more, and takes 1.5 for k1 otherwise.
    params = {"params": weights} if in_file else weights
    indexes.add_index("bm25", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=params)
    # milvus-lite keeps no description, a server none but its own properties.
    properties = {"properties": {ENCODER: encoder}} if in_file else {}
    client.create_collection(name, schema=schema, index_params=indexes, consistency_level="Session", **properties)
