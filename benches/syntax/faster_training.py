"""Rewrites four inner loops of UDPipe's parser trainer so that a compiler can vectorise them.

    python faster_training.py udpipe.cpp

UDPipe goes over the hidden units through a list of those that dropout kept. Training here uses no
dropout (UDPipe's default), so the list is always 0, 1, 2, …, and a plain loop does the same work;
only the order of float additions differs. The trainer alone is changed: models are read, and speed
is measured, with the wheel of PyPI as it is.
"""
import pathlib
import sys

CHANGES = [
    (
        """            for (unsigned k = 0; k < hidden_layer_size; k++)
              hidden_layer[k] += embedding[j] * weights[0][index + j][k];""",
        """            {
              const float e = embedding[j];
              const float* __restrict row = weights[0][index + j].data();
              float* __restrict hidden = hidden_layer.data();
              for (unsigned k = 0; k < hidden_layer_size; k++) hidden[k] += e * row[k];
            }""",
    ),
    (
        """            for (auto&& j : w.hidden_kept)
              w.hidden_layer[j] += *embedding * network.weights[0][index][j];""",
        """            {
              const float e = *embedding;
              const float* __restrict weights = network.weights[0][index].data();
              float* __restrict hidden = w.hidden_layer.data();
              for (unsigned j = 0; j < hidden_layer_size; j++) hidden[j] += e * weights[j];
            }""",
    ),
    (
        """              for (auto&& j : w.hidden_kept)
                *error_embedding += network.weights[0][index][j] * w.error_hidden[j];""",
        """            {
              const float* __restrict weights = network.weights[0][index].data();
              const float* __restrict errors = w.error_hidden.data();
              float sum = 0;
              for (size_t j = 0; j < hidden_layer_size; j++) sum += weights[j] * errors[j];
              *error_embedding += sum;
            }""",
    ),
    (
        """            for (auto&& j : w.hidden_kept)
              w.weights_batch[0][index][j] += *embedding * w.error_hidden[j];""",
        """            {
              const float e = *embedding;
              const float* __restrict errors = w.error_hidden.data();
              float* __restrict batch = w.weights_batch[0][index].data();
              for (size_t j = 0; j < hidden_layer_size; j++) batch[j] += e * errors[j];
            }""",
    ),
]

path = pathlib.Path(sys.argv[1])
source = path.read_text(encoding="utf-8")
for old, new in CHANGES:
    if source.count(old) != 1:
        sys.exit(f"{path} is not the version of UDPipe that this was written for")
    source = source.replace(old, new)
path.write_text(source, encoding="utf-8")
