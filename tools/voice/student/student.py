"""The student: convolutions over phones, then over frames, to the vocoder's parameters."""
import torch
from torch import nn
from torch.nn import functional
from frames import CTX
from inputs import PLACES


def gelu(x):
    return functional.gelu(x, approximate="tanh")


class Block(nn.Module):
    """x + scale * down(gelu(up(norm(depthwise(x))))), over time (batch, time, channels)."""

    def __init__(self, channels, width, dilation=1, grow=2):
        super().__init__()
        self.depthwise = nn.Conv1d(channels, channels, width, padding=width // 2 * dilation, groups=channels, dilation=dilation)
        self.norm = nn.LayerNorm(channels)
        self.up, self.down = nn.Linear(channels, channels * grow), nn.Linear(channels * grow, channels)
        self.scale = nn.Parameter(torch.full((channels,), 0.3))

    def forward(self, x):
        y = self.norm(self.depthwise(x.transpose(1, 2)).transpose(1, 2))
        return x + self.scale * self.down(gelu(self.up(y)))


class Student(nn.Module):
    def __init__(self, outputs, speakers=1, phone=224, channels=176, blocks=5, width=7, drop=0.05):
        super().__init__()
        self.context = nn.Embedding(CTX, phone)
        self.voice, self.speaker = nn.Embedding(speakers, phone), nn.Embedding(speakers, channels)
        self.phones = nn.ModuleList([Block(phone, 5) for _ in range(2)])
        self.spread = nn.Linear(phone, channels)
        self.places = nn.Linear(PLACES, channels)
        self.mix = nn.Linear(channels, channels)
        self.frames = nn.ModuleList([Block(channels, width, 1 + i % 2) for i in range(blocks)])
        self.norm, self.out, self.drop = nn.LayerNorm(channels), nn.Linear(channels, outputs), nn.Dropout(drop)
        nn.init.normal_(self.context.weight, 0, 0.2)
        nn.init.zeros_(self.voice.weight)
        nn.init.zeros_(self.speaker.weight)

    def forward(self, rows, own, places, speaker):
        """rows B P 8, own B T, places B T PLACES, speaker B -> B T outputs; the last is the voicing's logit."""
        p = self.context(rows).sum(2) + self.voice(speaker)[:, None]
        for block in self.phones:
            p = block(p)
        p = self.spread(p)
        h = torch.gather(p, 1, own[..., None].expand(-1, -1, p.shape[-1])) + self.places(places) + self.speaker(speaker)[:, None]
        h = self.drop(h + self.mix(gelu(h)))
        for block in self.frames:
            h = block(h)
        return self.out(self.norm(h))
