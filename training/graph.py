"""A small ONNX graph writer: linear layers as fp32 MatMul or as 8-bit blocks (weight only), BERT layers from fused operators."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from model import HEADS

MS = "com.microsoft"


class Graph:
    """Collects nodes and weights. `block` = None writes fp32 weights, else 8-bit ones with a scale for each block of inputs."""

    def __init__(self, name, block=None, accuracy=None):
        self.name, self.block, self.accuracy = name, block, accuracy
        self.nodes, self.weights, self.inputs, self.outputs, self.count = [], [], [], [], 0

    def input(self, name, shape, kind=TensorProto.INT64):
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, value, name, shape):
        self.nodes.append(helper.make_node("Identity", [value], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def const(self, array, name=None):
        self.count += 1
        name = name or f"c{self.count}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def op(self, kind, inputs, domain="", outputs=1, **attributes):
        self.count += 1
        names = [f"v{self.count}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, name=f"n{self.count}_{kind}", **attributes))
        return names[0] if outputs == 1 else names

    def matmul(self, x, weight):
        """x [..., K] times weight [N,K] transposed."""
        n, k = weight.shape
        if self.block is None:
            return self.op("MatMul", [x, self.const(weight.T.astype(np.float32))])
        blocks = weight.reshape(n, k // self.block, self.block).astype(np.float32)
        scale = np.abs(blocks).max(-1) / 127
        scale[scale == 0] = 1
        codes = np.clip(np.round(blocks / scale[..., None]), -127, 127)
        if self.accuracy is None:  # folded by the runtime into fp32 weights when it loads the graph
            w = self.op("Mul", [self.op("Cast", [self.const(codes.astype(np.int8))], to=TensorProto.FLOAT), self.const(scale[..., None].astype(np.float32))])
            return self.op("MatMul", [x, self.op("Transpose", [self.op("Reshape", [w, self.const(np.array([n, k], np.int64))])], perm=[1, 0])])
        codes += 128  # the operator's implied zero point
        return self.op("MatMulNBits", [x, self.const(codes.astype(np.uint8)), self.const(scale.astype(np.float32).reshape(-1))], MS,
                       K=k, N=n, bits=8, block_size=self.block, accuracy_level=self.accuracy)

    def linear(self, x, layer, factor=1.0):
        w, b = layer.weight.detach().numpy() * factor, layer.bias.detach().numpy() * factor
        return self.op("Add", [self.matmul(x, w), self.const(b)])

    def hidden(self, x, layers):
        """Linear, GELU: the first half of an MLP."""
        return self.op("BiasGelu", [self.matmul(x, layers[0].weight.detach().numpy()), self.const(layers[0].bias.detach().numpy())], MS)

    def mlp(self, x, layers, factor=1.0):
        """Linear, GELU, Linear (the last one's result times `factor`)."""
        return self.linear(self.hidden(x, layers), layers[2], factor)

    def table(self, table):
        """The weights of an embedding [V,H]: 8 bits with a scale for each row unless the graph is fp32; `rows` reads them."""
        if self.block is None:
            return (self.const(table),)
        scale = np.abs(table).max(-1, keepdims=True) / 127
        scale[scale == 0] = 1
        return self.const(np.round(table / scale).astype(np.int8)), self.const(scale.astype(np.float32))

    def rows(self, table, ids):
        """Rows of a table in fp32: [...] -> [...,H]."""
        rows = self.op("Gather", [table[0], ids])
        if len(table) == 1:
            return rows
        return self.op("Mul", [self.op("Cast", [rows], to=TensorProto.FLOAT), self.op("Gather", [table[1], ids])])

    def bert(self, bert, ids, mask, shapes=None, longest=256, lexicon=None):
        """[B,T] ids (and lexicon ids) -> [B,T,H]; positions beyond `longest` are not stored."""
        table = self.table(bert.words.weight.detach().numpy())
        x = self.rows(table, ids)
        if lexicon is not None:
            x = self.op("Add", [x, self.rows(table, lexicon)])
        length = self.op("Shape", [ids], start=1, end=2)
        fixed = (bert.positions.weight[:longest] + bert.kind).detach().numpy()
        zero = self.const(np.array([0], np.int64))
        x = self.op("Add", [x, self.op("Slice", [self.const(fixed), zero, length, zero])])
        if shapes is not None:
            x = self.op("Add", [x, self.op("Gather", [self.const(bert.shapes.weight.detach().numpy()), shapes])])
        norm = lambda n: [self.const(n.weight.detach().numpy()), self.const(n.bias.detach().numpy())]
        x = self.op("LayerNormalization", [x, *norm(bert.norm)], epsilon=1e-12)
        mask32 = self.op("Cast", [mask], to=TensorProto.INT32)
        vec = lambda l: self.const(l.bias.detach().numpy())
        for layer in bert.layers:
            w = layer.qkv.weight.detach().numpy()
            q, k, v = self.op("Split", [self.matmul(x, w)], outputs=3, axis=-1, num_outputs=3)
            a = self.op("MultiHeadAttention", [q, k, v, vec(layer.qkv), mask32], MS, num_heads=HEADS)
            x = self.residual(self.matmul(a, layer.out.weight.detach().numpy()), vec(layer.out), x, norm(layer.norm1))
            h = self.op("BiasGelu", [self.matmul(x, layer.up.weight.detach().numpy()), vec(layer.up)], MS)
            x = self.residual(self.matmul(h, layer.down.weight.detach().numpy()), vec(layer.down), x, norm(layer.norm2))
        return x

    def residual(self, y, bias, x, norm):
        """LayerNormalization of y + bias + x. `Sum`, not `Add`: ONNX Runtime would fuse it into SkipLayerNormalization, which is slower on CPUs (README.md)."""
        return self.op("LayerNormalization", [self.op("Sum", [y, bias, x]), *norm], epsilon=1e-12)

    def unit(self, x):
        """x divided by its length along the last axis."""
        length = self.op("ReduceL2", [x, self.const(np.array([-1], np.int64))], keepdims=1)
        return self.op("Div", [x, self.op("Max", [length, self.const(np.array(1e-12, np.float32))])])

    def save(self, path):
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)], ir_version=9, producer_name="typed entity encoder")
        tmp = path.with_suffix(".tmp")
        onnx.save(model, tmp)
        tmp.rename(path)
