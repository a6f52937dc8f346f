"""Muon: momentum whose matrices are made orthogonal before each step (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon).

Small networks learn in fewer steps with it than with AdamW, which still moves what is no matrix: biases, norms, embeddings.
"""

import torch


def orthogonal(matrix, steps=5):
    """The nearest semi-orthogonal matrix, roughly: a quintic Newton–Schulz iteration with the coefficients of the source."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = (matrix / (matrix.norm() + 1e-7)).bfloat16()
    wide = x.shape[0] <= x.shape[1]
    x = x if wide else x.T
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x if wide else x.T


class Muon(torch.optim.Optimizer):
    """For weights of two axes or more; all axes but the first count as one."""

    def __init__(self, weights, lr=0.02, momentum=0.95, weight_decay=0.0):
        super().__init__(weights, dict(lr=lr, momentum=momentum, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                past = self.state[weight].setdefault("momentum", torch.zeros_like(weight))
                past.lerp_(weight.grad, 1 - group["momentum"])
                ahead = weight.grad.lerp(past, group["momentum"]).flatten(1)
                update = orthogonal(ahead).float() * max(1, ahead.shape[0] / ahead.shape[1]) ** 0.5
                weight.mul_(1 - group["lr"] * group["weight_decay"]).sub_(group["lr"] * update.view_as(weight))


def optimizers(parts, rate, adam_rate=1e-3, weight_decay=0.01):
    """Muon for the matrices inside, AdamW for the rest. `parts` are (name, parameter) pairs; embeddings are known by their names."""
    parts = [(name, p) for name, p in parts if p.requires_grad]
    is_matrix = lambda name, p: p.ndim >= 2 and "embedding" not in name and "conv_out" not in name
    inner = [p for name, p in parts if is_matrix(name, p)]
    other = [p for name, p in parts if not is_matrix(name, p)]
    return [
        Muon(inner, lr=rate, weight_decay=weight_decay),
        torch.optim.AdamW(other, lr=adam_rate, betas=(0.9, 0.98), weight_decay=0.0),
    ]
