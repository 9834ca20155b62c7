"""What people call layers and functions before they know Keras's names.

Keras's documentation says what a layer is in Keras's own words. That "shrink image" means pooling,
that ``BatchNorm2d`` is PyTorch's name of batch normalization and that a residual connection is an
addition stands nowhere in it, so these words are ours. They are words to search by and no rules:
what a layer takes and gives is Keras's alone to say. Phrases are parted by semicolons.
"""

import re
from collections.abc import Iterator, Mapping

from graphstudio.catalog.entries import Entry, Role

# Words for everything in a category.
_BY_CATEGORY: Mapping[str, str] = {
    "pooling": "shrink; downsample; downscale; subsample; reduce size; smaller",
    "convolutional": "filter; kernel; feature map; detect edges; cnn; convnet",
    "rnn": "sequence; time series; memory; recurrent network; text; speech; remember",
    "attention": "transformer; self attention; context; focus; translate",
    "merging": "merge; join; combine; fuse; branches; bring together",
    "normalization": "norm; standardize; stabilize; scale activations",
    "regularization": "prevent overfitting; regularize; generalize; noise",
    "activations": "nonlinearity; squash; activation function; transfer function",
    "reshaping": "change shape; rearrange",
    "preprocessing": "prepare data; augmentation; augment; data cleaning",
    "applications": "pretrained; transfer learning; backbone; image classifier; feature extractor",
    "models": "submodel; block; nest; group; sub network; reuse; subgraph",
    "linalg_functions": "matrix; linear algebra",
}
# Words for what a part of a name says.
_BY_PART: Mapping[str, str] = {
    "1D": "series; signal; audio; sequence; sound; text; time",
    "2D": "image; picture; photo; grid",
    "3D": "video; volume; scan; ct; mri; frames; voxels",
    "Global": "whole; squeeze; summarize; vector; collapse",
    "AveragePooling": "avgpool; mean pooling; average pool",
    "MaxPooling": "maxpool; max pool; strongest",
    "AdaptiveAveragePooling": "adaptive avg pool; adaptiveavgpool; fixed size",
    "AdaptiveMaxPooling": "adaptive max pool; adaptivemaxpool; fixed size",
    "UpSampling": "enlarge; upscale; bigger; magnify; interpolate; grow; decoder; upsample",
    "Transpose": "deconvolution; deconv; enlarge; upscale; convtranspose; decoder; generator",
    "Separable": "mobilenet; cheap convolution; lightweight; xception",
    "Depthwise": "mobilenet; cheap convolution; lightweight; per channel",
    "ZeroPadding": "pad; border; margin; frame",
    "Cropping": "cut; trim; crop border",
    "SpatialDropout": "drop channels; dropout channels; feature dropout; dropout2d",
    "Random": "augment; augmentation; distort; vary",
    "Lookup": "vocabulary; category; index; dictionary; ids; tokens; encode",
}
# Words for one layer or function.
_BY_NAME: Mapping[str, str] = {
    "Input": "placeholder; data; source; start; feed",
    "head": "output; result; loss; target; label; end; prediction; classifier",
    "Activation": "nonlinear; tanh; sigmoid; swish; gelu; silu; mish",
    "Add": "merge; join; sum; plus; skip connection; residual; shortcut; resnet; elementwise add",
    "AdditiveAttention": "bahdanau",
    "Attention": "luong; dot product attention; scaled dot product",
    "Average": "mean of tensors",
    "BatchNormalization": "batchnorm; batchnorm1d; batchnorm2d; batchnorm3d; bn; batch norm",
    "Bidirectional": "both directions; birnn; bilstm; bigru; backward; reverse",
    "CategoryEncoding": "one hot; multi hot; count; dummy variables; categorical",
    "CenterCrop": "cut; trim image; crop middle",
    "Concatenate": (
        "merge; join; combine; cat; concat; stack features; append; glue; unet; skip connection"
    ),
    "Conv1D": "causal; wavenet; tcn; temporal convolution",
    "ConvLSTM2D": "video prediction; radar; precipitation",
    "Dense": (
        "linear; fully connected; fc; mlp; perceptron; neurons; hidden; ffn; feed forward;"
        " projection; inner product; matrix multiply; addmm; logits"
    ),
    "Discretization": "bins; buckets; bucketize; histogram; ranges; quantize",
    "Dot": "inner product; similarity; cosine similarity; dot product",
    "Dropout": "overfitting; drop neurons; switch off; dropout1d",
    "EinsumDense": "einstein; multi head projection; einsum",
    "ELU": "exponential linear",
    "Embedding": "lookup table; word vectors; word2vec; tokens; vocabulary; ids; categorical;"
    " integers to vectors; items; users",
    "Flatten": "unroll; vector; to 1d; ravel; view; collapse; squash shape",
    "GaussianNoise": "noise; jitter; random noise; denoise",
    "GroupNormalization": "groupnorm; instance norm; instancenorm2d; instancenorm",
    "GRU": "gated recurrent",
    "Hashing": "hash trick; buckets",
    "HashedCrossing": "feature cross; cross features",
    "Identity": "nothing; pass through; noop; no op; placeholder",
    "Lambda": "custom; own function; python function; expression; arbitrary",
    "LayerNormalization": "layernorm; layer norm; ln",
    "LeakyReLU": "leaky",
    "LSTM": "memory; long short term memory; remember; forget gate; forecast",
    "Masking": "ignore padding; skip steps; variable length; missing",
    "Maximum": "largest; elementwise max; maxout",
    "MelSpectrogram": "audio; sound; speech; mfcc; frequency",
    "Minimum": "smallest; elementwise min",
    "MultiHeadAttention": "multiheadattention; mha; self attention; transformer; cross attention;"
    " bert; gpt; vit",
    "Multiply": "product; gate; times; scale; elementwise; squeeze excite; mul",
    "Normalization": "standardize; zscore; z score; mean variance; whiten; scale features;"
    " standardscaler",
    "Permute": "transpose; swap axes; reorder dimensions; channels first; rearrange",
    "PReLU": "parametric; learned slope",
    "RandomBrightness": "lighten; darken",
    "RandomErasing": "cutout",
    "RandomFlip": "mirror; flip image",
    "RandomRotation": "rotate; turn image",
    "RandomTranslation": "shift image; move image",
    "RandomZoom": "scale image; zoom image",
    "ReLU": "rectifier; rectified linear; relu6; hinge",
    "RepeatVector": "repeat; tile; copy; expand sequence; decoder",
    "Rescaling": "scale pixels; divide by 255; 0 to 1; unit range; normalize image; minmax;"
    " totensor",
    "Reshape": "view; unflatten; change dimensions; fold",
    "Resizing": "resize image; change size; scale image; interpolate; thumbnail",
    "RMSNormalization": "rmsnorm; llama",
    "SimpleRNN": "elman; vanilla rnn",
    "Softmax": "probabilities; classes; sum to one; class scores",
    "SpectralNormalization": "gan; lipschitz; spectral norm",
    "StringLookup": "words; text labels",
    "Subtract": "minus; difference; sub",
    "TextVectorization": (
        "text; tokenize; tokenizer; bag of words; tfidf; words; sentences; split words"
    ),
    "TimeDistributed": "each step; every frame; per frame; map; apply to each",
    "UnitNormalization": "l2 normalize; unit length; unit norm",
    "UpSampling2D": "resize nearest; upsamplingnearest2d",
    "Model": "functional; network",
    "Sequential": "stack of layers; chain; container; pipeline",
    "concatenate": "cat; concat",
    "expand_dims": "unsqueeze; add axis; newaxis",
    "matmul": "matrix multiply; matrix product; mm; bmm",
    "where": "if; condition; choose; mask",
    "cast": "convert type; to float; to int; astype",
    "argmax": "best class; index of largest",
    "top_k": "best; largest; topk",
    "one_hot": "onehot; encode classes",
    "cdist": "distance; pairwise",
    "clip": "limit; clamp; bound",
    "norm": "length; magnitude",
    "stop_gradient": "detach; freeze; block gradient",
    "fft": "fourier; frequency; spectrum",
    "gelu": "gaussian error",
    "silu": "swish",
    "rearrange": "einops; einops rearrange",
}
# What users of other libraries write before a name, and words that say nothing here.
_OWNERS = re.compile(r"^(?:(?:torch|tf|keras|nn|layers|f|functional|ops|np|numpy|jnp)\.)+(?=\w)")
_SAY_NOTHING = frozenset(
    {"a", "an", "and", "as", "by", "do", "for", "from", "get", "i", "in", "into", "it", "its"}
    | {"layer", "layers", "like", "make", "my", "of", "on", "the", "to", "two", "want", "with"}
)


def own_phrases(entry: Entry) -> Iterator[str]:
    """Yield what people call this entry and few others, in words that are not Keras's."""
    yield from _phrases(_BY_NAME.get(entry.name, ""))


def everyday_phrases(entry: Entry) -> Iterator[str]:
    """Yield what people call an entry, or all of its kind, in words that are not Keras's."""
    yield from own_phrases(entry)
    yield from _phrases(_BY_CATEGORY.get(entry.category, ""))
    # Functions have names of their own, in which these parts mean something else.
    if entry.role is not Role.FUNCTION:
        for part, words in _BY_PART.items():
            yield from _phrases(words) if part in entry.name else ()


def query_words(query: str) -> list[str]:
    """Return the words of a query that say something, without the names of libraries before them.

    A query of nothing but words that say nothing keeps them.
    """
    words = [_OWNERS.sub("", word) for word in query.casefold().replace("-", " ").split()]
    return [word for word in words if word not in _SAY_NOTHING] or words


def _phrases(words: str) -> Iterator[str]:
    return (phrase.strip() for phrase in words.split(";") if phrase.strip())
