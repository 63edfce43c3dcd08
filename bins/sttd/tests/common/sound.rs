//! Sounds that are not speech, made from a seed.

use std::f32::consts::TAU;

/// Sample rate of everything here, in Hz.
pub const RATE: f32 = 16_000.0;

/// A small generator of random numbers (xorshift64*), so that every run hears the same.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 to 1.
    pub fn unit(&mut self) -> f32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 40) as f32 / (1u32 << 24) as f32
    }

    pub fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.unit()
    }

    pub fn pick(&mut self, choices: &[f32]) -> f32 {
        choices[(self.unit() * choices.len() as f32) as usize % choices.len()]
    }
}

/// A maker of `samples` samples.
pub type Maker = fn(&mut Random, usize) -> Vec<f32>;

/// Every kind of sound.
pub const KINDS: [(&str, Maker); 15] = [
    ("silence", silence),
    ("white noise", white),
    ("pink noise", pink),
    ("brown noise", brown),
    ("mains hum", hum),
    ("fan", fan),
    ("rain", rain),
    ("sine sweep", sweep),
    ("chords", chords),
    ("melody", melody),
    ("drums", drums),
    ("music", music),
    ("telephone", telephone),
    ("birds", birds),
    ("typing", typing),
];

/// The sound at the level `peak`.
pub fn at_peak(mut samples: Vec<f32>, peak: f32) -> Vec<f32> {
    let loudest = samples.iter().fold(0.0f32, |loudest, sample| loudest.max(sample.abs()));
    if loudest > 0.0 {
        samples.iter_mut().for_each(|sample| *sample *= peak / loudest);
    }
    samples
}

pub fn silence(_: &mut Random, samples: usize) -> Vec<f32> {
    vec![0.0; samples]
}

pub fn white(random: &mut Random, samples: usize) -> Vec<f32> {
    (0..samples).map(|_| random.between(-1.0, 1.0)).collect()
}

/// Paul Kellet's economy filter: white noise to -3 dB per octave.
pub fn pink(random: &mut Random, samples: usize) -> Vec<f32> {
    let mut b = [0.0f32; 3];
    white(random, samples)
        .into_iter()
        .map(|white| {
            b[0] = 0.99765 * b[0] + white * 0.0990460;
            b[1] = 0.96300 * b[1] + white * 0.2965164;
            b[2] = 0.57000 * b[2] + white * 1.0526913;
            b[0] + b[1] + b[2] + white * 0.1848
        })
        .collect()
}

pub fn brown(random: &mut Random, samples: usize) -> Vec<f32> {
    let mut level = 0.0;
    white(random, samples)
        .into_iter()
        .map(|white| {
            level = 0.99 * level + 0.1 * white;
            level
        })
        .collect()
}

pub fn hum(random: &mut Random, samples: usize) -> Vec<f32> {
    let base = random.pick(&[50.0, 60.0]);
    let parts: Vec<f32> = (1..8).map(|part| random.unit() / part as f32).collect();
    (0..samples)
        .map(|at| {
            let phase = TAU * base * at as f32 / RATE;
            parts.iter().enumerate().map(|(part, gain)| gain * (phase * (part + 1) as f32).sin()).sum()
        })
        .collect()
}

pub fn fan(random: &mut Random, samples: usize) -> Vec<f32> {
    let rate = random.between(8.0, 30.0);
    let noise = pink(random, samples);
    noise
        .iter()
        .enumerate()
        .map(|(at, noise)| noise * (1.0 + 0.4 * (TAU * rate * at as f32 / RATE).sin()))
        .collect()
}

pub fn rain(random: &mut Random, samples: usize) -> Vec<f32> {
    let mut drop = 0.0f32;
    (0..samples)
        .map(|_| {
            if random.unit() < 0.01 {
                drop = random.unit();
            }
            drop *= 0.97;
            random.between(-1.0, 1.0) * (0.1 + drop)
        })
        .collect()
}

pub fn sweep(random: &mut Random, samples: usize) -> Vec<f32> {
    let (from, to) = (random.between(80.0, 400.0), random.between(800.0, 6_000.0));
    let mut phase = 0.0;
    (0..samples)
        .map(|at| {
            phase += TAU * (from + (to - from) * at as f32 / samples as f32) / RATE;
            phase.sin()
        })
        .collect()
}

fn note(step: f32) -> f32 {
    220.0 * 2f32.powf(step / 12.0)
}

/// Triads in a progression, each note with five harmonics that fade.
pub fn chords(random: &mut Random, samples: usize) -> Vec<f32> {
    let length = (random.between(0.3, 1.2) * RATE) as usize;
    let mut root = 0.0;
    (0..samples)
        .map(|at| {
            let inside = at % length;
            if inside == 0 {
                root = random.pick(&[0.0, 5.0, 7.0, 9.0]);
            }
            let fade = (-(inside as f32) / (0.5 * RATE)).exp() * (inside as f32 / 200.0).min(1.0);
            let tone = |step: f32| -> f32 {
                let phase = TAU * note(root + step) * at as f32 / RATE;
                (1..6).map(|part| (phase * part as f32).sin() / (part * part) as f32).sum()
            };
            fade * (tone(0.0) + tone(4.0) + tone(7.0))
        })
        .collect()
}

/// One voice of a square wave.
pub fn melody(random: &mut Random, samples: usize) -> Vec<f32> {
    let length = (random.between(0.15, 0.5) * RATE) as usize;
    let mut frequency = 220.0;
    let mut phase = 0.0f32;
    (0..samples)
        .map(|at| {
            let inside = at % length;
            if inside == 0 {
                frequency = note(random.pick(&[0.0, 2.0, 4.0, 5.0, 7.0, 9.0, 11.0, 12.0]));
            }
            phase = (phase + frequency / RATE).fract();
            let fade = (-(inside as f32) / (0.3 * RATE)).exp();
            fade * if phase < 0.5 { 1.0 } else { -1.0 }
        })
        .collect()
}

/// Bass drum, snare and hi-hat in four-four time.
pub fn drums(random: &mut Random, samples: usize) -> Vec<f32> {
    let step = (random.between(0.09, 0.16) * RATE) as usize;
    (0..samples)
        .map(|at| {
            let (number, inside) = (at / step % 8, (at % step) as f32 / RATE);
            let noise = random.between(-1.0, 1.0);
            let hat = 0.2 * noise * (-inside * 80.0).exp();
            let beat = match number {
                0 | 3 => {
                    (TAU * (50.0 * inside + 3.0 * (1.0 - (-inside * 30.0).exp()))).sin()
                        * (-inside * 9.0).exp()
                }
                4 => 0.7 * noise * (-inside * 25.0).exp(),
                _ => 0.0,
            };
            hat + beat
        })
        .collect()
}

pub fn music(random: &mut Random, samples: usize) -> Vec<f32> {
    let parts = [chords(random, samples), melody(random, samples), drums(random, samples)];
    (0..samples).map(|at| 0.4 * parts[0][at] + 0.3 * parts[1][at] + parts[2][at]).collect()
}

/// The ringing tone of North America.
pub fn telephone(random: &mut Random, samples: usize) -> Vec<f32> {
    let shift = random.unit();
    (0..samples)
        .map(|at| {
            let time = at as f32 / RATE + shift;
            let on = if time % 3.0 < 2.0 { 1.0 } else { 0.0 };
            on * ((TAU * 440.0 * time).sin() + (TAU * 480.0 * time).sin())
        })
        .collect()
}

pub fn birds(random: &mut Random, samples: usize) -> Vec<f32> {
    let (mut left, mut gap, mut frequency, mut slope, mut phase) = (0usize, 0usize, 0.0, 0.0, 0.0f32);
    (0..samples)
        .map(|_| {
            if left == 0 && gap == 0 {
                left = random.between(800.0, 2_400.0) as usize;
                gap = random.between(800.0, 12_000.0) as usize;
                frequency = random.between(2_000.0, 5_000.0);
                slope = random.between(-0.8, 0.8);
            }
            if left == 0 {
                gap -= 1;
                return 0.0;
            }
            left -= 1;
            frequency += slope;
            phase += TAU * frequency / RATE;
            phase.sin()
        })
        .collect()
}

pub fn typing(random: &mut Random, samples: usize) -> Vec<f32> {
    let mut ring = 0.0f32;
    (0..samples)
        .map(|_| {
            if random.unit() < 0.000_4 {
                ring = random.between(0.3, 1.0);
            }
            ring *= 0.985;
            ring * random.between(-1.0, 1.0)
        })
        .collect()
}
