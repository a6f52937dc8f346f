"""Small ONNX files: half the download, the same arithmetic."""

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 64


class Called(torch.nn.Module):
    """A network as a function of it and of what it is given."""

    def __init__(self, network, call):
        super().__init__()
        self.inner, self.call = network, call

    def forward(self, *given):
        return self.call(self.inner, *given)


def write_onnx(path, network, call, example, inputs, outputs, axes=None, half=True, look=lambda model: None):
    """Write `call(network, *example)` as ONNX, inputs and outputs by the names that the folder promises.

    `axes` are the axes of any length of each input, the batch alone by default; `look` sees the model before it is made small,
    and what it returns is returned.
    """
    path.parent.mkdir(exist_ok=True)
    batch = torch.export.Dim("batch", min=1, max=4096)
    program = torch.onnx.export(
        Called(network.eval(), call),
        example,
        dynamo=True,
        input_names=inputs,
        output_names=outputs,
        dynamic_shapes=(tuple(axes or [{0: batch}] * len(example)),),
        external_data=False,
    )
    model = program.model_proto
    seen = look(model)
    without_notes(halve_weights(model) if half else model)
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)
    return seen


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
