"""The acoustic net: sparse phone context + frame position -> static, delta, bap, voicing."""
import torch
from torch import nn
from frames import CTX, POS

OUT = 40 * 2 + 3 + 1


class Net(nn.Module):
    def __init__(self, speakers, hidden=256, spk_dim=16, drop=0.2, layers=2):
        super().__init__()
        self.ctx = nn.EmbeddingBag(CTX, hidden, mode="sum")
        nn.init.normal_(self.ctx.weight, 0, 0.25)
        self.pos = nn.Linear(POS, hidden)
        self.spk = nn.Embedding(speakers, spk_dim)
        nn.init.normal_(self.spk.weight, 0, 0.1)
        self.spk_in = nn.Linear(spk_dim, hidden, bias=False)
        self.hidden = nn.ModuleList([nn.Linear(hidden, hidden) for _ in range(layers - 1)])
        self.out = nn.Linear(hidden, OUT)
        self.drop = nn.Dropout(drop)

    def forward(self, ctx, pos, spk, weights=None):
        h = self.ctx(ctx, per_sample_weights=weights) + self.pos(pos) + self.spk_in(self.spk(spk))
        h = self.drop(torch.tanh(h))
        for layer in self.hidden:
            h = self.drop(torch.tanh(layer(h)))
        return self.out(h)
