"""A small ONNX graph writer: linear layers as fp32 MatMul or as 8-bit blocks (weight only), BERT layers from fused operators."""
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from model import HEADS

MS = "com.microsoft"
FOUR_BIT_BLOCK = 32
SCALES = (7, 7.5, 8, 8.5, 9, 9.5, 10)  # divisors of a block's largest number that are tried for its scale


def four_bits(table):
    """An embedding [V,H] in 4 bits: codes [V,H] uint8 from 0 to 15 (8 is zero), scales [V,H/32]. Each block takes the scale with the least squared error."""
    x = table.reshape(len(table), -1, FOUR_BIT_BLOCK).astype(np.float32)
    at = np.abs(x).argmax(-1)[..., None]
    largest = np.take_along_axis(x, at, -1)
    codes, scales, least = np.full(x.shape, 8, np.uint8), np.ones((*x.shape[:2], 1), np.float32), np.full((*x.shape[:2], 1), np.inf, np.float32)
    for divisor in SCALES:
        for scale in (np.abs(largest) / divisor, -largest / divisor):  # the code -8 has no counterpart, so signs differ
            scale[scale == 0] = 1
            q = np.clip(np.round(x / scale), -8, 7)
            error = ((q * scale - x) ** 2).sum(-1, keepdims=True)
            better = error < least
            codes, scales, least = np.where(better, (q + 8).astype(np.uint8), codes), np.where(better, scale, scales), np.minimum(error, least)
    return codes.reshape(table.shape), scales[..., 0]


class Graph:
    """Collects nodes and weights. `block` = None writes fp32 weights, else 8-bit ones with a scale for each block of inputs; embeddings in 8 or 4 bits."""

    def __init__(self, name, block=None, accuracy=None, embedding_bits=8):
        self.name, self.block, self.accuracy, self.embedding_bits = name, block, accuracy, embedding_bits
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
        """The weights of an embedding [V,H]: 8 bits with a scale for each row, or 4 bits with one for each 32 numbers, unless the graph is fp32; `rows` reads them."""
        if self.block is None:
            return (self.const(table),)
        if self.embedding_bits == 4:
            codes, scale = four_bits(table)
            return self.const(codes[:, ::2] | codes[:, 1::2] << 4), self.const(scale)
        scale = np.abs(table).max(-1, keepdims=True) / 127
        scale[scale == 0] = 1
        return self.const(np.round(table / scale).astype(np.int8)), self.const(scale.astype(np.float32))

    def rows(self, table, ids):
        """Rows of a table in fp32: [...] -> [...,H]."""
        if len(table) == 2 and self.embedding_bits == 4:
            return self.op("GatherBlockQuantized", [table[0], ids, table[1]], MS, bits=4, block_size=FOUR_BIT_BLOCK, gather_axis=0, quantize_axis=1)
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
