"""UDPipe as a process of its own: python run_udpipe.py MODEL INPUT OUTPUT text|words

`text` reads running text, `words` CoNLL-U whose words are kept. Prints one line of JSON: seconds
(wall and processor) for the analysis without the loading of the model.
"""
import json
import pathlib
import sys
import time

from ufal.udpipe import Model, Pipeline, ProcessingError

model_path, source, target, kind = sys.argv[1:]
model = Model.load(model_path)
reader = "tokenize" if kind == "text" else "conllu"
pipeline = Pipeline(model, reader, Pipeline.DEFAULT, Pipeline.DEFAULT, "conllu")
text = pathlib.Path(source).read_text(encoding="utf-8")
error = ProcessingError()
start, cpu = time.perf_counter(), time.process_time()
parsed = pipeline.process(text, error)
seconds = {"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu}
if error.occurred():
    sys.exit(error.message)
pathlib.Path(target).write_text(parsed, encoding="utf-8")
print(json.dumps(seconds))
