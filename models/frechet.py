"""The Fréchet distance of two sets of features (Heusel et al. 2017, arXiv:1706.08500)."""

import numpy as np
from scipy.linalg import sqrtm


def frechet(a, b):
    """Features [N, D] and [M, D]; the distance between the normal distributions that fit them."""
    gap = a.mean(0) - b.mean(0)
    return float(gap @ gap + np.trace(np.cov(a.T) + np.cov(b.T) - 2 * sqrtm(np.cov(a.T) @ np.cov(b.T)).real))
