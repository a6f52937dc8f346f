"""Small ONNX files: half the download, the same arithmetic."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 64


def halve_weights(model):
    """Store each large float32 weight as float16 with a Cast to float32 behind it, which runtimes fold away at load."""
    casts = []
    for weight in model.graph.initializer:
        if weight.data_type != TensorProto.FLOAT or np.prod(weight.dims) < SMALLEST:
            continue
        name, values = weight.name, numpy_helper.to_array(weight)
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + "_half"))
        casts.append(helper.make_node("Cast", [name + "_half"], [name], to=TensorProto.FLOAT))
    nodes = casts + list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    return model


def without_notes(model):
    """Drop what the exporter wrote down about its Python sources, and the shapes that a runtime infers by itself."""
    for part in [*model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer, model.graph, model]:
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    model.graph.ClearField("value_info")
    return model
