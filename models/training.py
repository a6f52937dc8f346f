"""What the recipes share: steps whose rate follows a plan, a moving average of the weights, checkpoints to resume from."""

import torch


def descender(optimizer):
    """A step of all optimizers down a loss, at a share of the rates that they have now."""
    full = [[group["lr"] for group in part.param_groups] for part in optimizer]

    def descend(loss, share):
        for part, rates in zip(optimizer, full):
            for group, highest in zip(part.param_groups, rates):
                group["lr"] = highest * share
            part.zero_grad()
        loss.backward()
        for part in optimizer:
            part.step()

    return descend


@torch.no_grad()
def keep_average(average, network, step, decay):
    """Move the average towards the network; quickly in the first steps, when there is little to keep."""
    for kept, new in zip(average.parameters(), network.parameters()):
        kept.lerp_(new, 1 - min(decay, (1 + step) / (10 + step)))


def resume(checkpoint, optimizer, **networks):
    """Load what `save` wrote, if it did; gives the step to go on with."""
    checkpoint.parent.mkdir(exist_ok=True)
    if not checkpoint.exists():
        return 1
    saved = torch.load(checkpoint, weights_only=True)
    for name, network in networks.items():
        network.load_state_dict(saved[name])
    for part, state in zip(optimizer, saved["optimizer"]):
        part.load_state_dict(state)
    torch.set_rng_state(saved["random"])
    return saved["step"] + 1


def save(checkpoint, step, optimizer, **networks):
    """Write networks by their names, with all that going on needs; wholly or not at all."""
    states = {name: network.state_dict() for name, network in networks.items()}
    state = dict(step=step, **states, optimizer=[part.state_dict() for part in optimizer], random=torch.get_rng_state())
    torch.save(state, checkpoint.with_suffix(".new"))
    checkpoint.with_suffix(".new").replace(checkpoint)
