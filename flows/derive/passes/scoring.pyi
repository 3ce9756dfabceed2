import numpy as np
from numpy.typing import NDArray

def add_weights(
    scores: NDArray[np.float32],
    features: NDArray[np.uint32],
    slots: NDArray[np.int32],
    keys: NDArray[np.uint32],
    weights: NDArray[np.float32],
) -> None: ...
