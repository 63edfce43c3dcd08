//! Dot plots, stem-and-leaf plots, box plots and histograms.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, dec, frac, int};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, MATHS, middle, mistake, positive, row, size, sorted, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "dot-plot-reading", "data.plots", BOTH, &[Lower, Middle], dot_plot),
    template(Data, "stem-and-leaf-plot", "data.plots", MATHS, &[Middle, Upper], stem_plot),
    template(Data, "box-plot-reading", "data.plots", MATHS, &[Upper], box_plot),
    template(Data, "histogram-share", "data.plots", BOTH, &[Middle, Upper], histogram),
];

fn dot_plot(g: &mut Gen) -> Option<Draft> {
    let start = g.int(1..=9);
    let dots: Vec<i64> = (0..5).map(|_| g.int(0..=5)).collect();
    let total: i64 = dots.iter().sum();
    let (who, what, units) = g.pick(&[
        ("student", "the number of books read in May", "books"),
        ("family", "the number of trips to the library", "trips"),
        ("player", "the number of goals scored", "goals"),
        ("plant", "the number of flowers", "flowers"),
    ]);
    let many = if who == "family" { "families".to_owned() } else { format!("{who}s") };
    if total < 7 || dots[0] == 0 || dots[4] == 0 {
        return None;
    }
    let all: Vec<i64> = (0..5).zip(&dots).flat_map(|(at, n)| (0..*n).map(move |_| start + at)).collect();
    let said: Vec<String> = (0..5)
        .zip(&dots)
        .map(|(at, n)| {
            format!(
                "above {}, {}",
                start + at,
                if *n == 0 { "no dots".to_owned() } else { crate::story::count(*n, "dot", "dots") }
            )
        })
        .collect();
    let mut picture =
        Picture::new(320, 180, format!("A dot plot of {what}, one dot for each {who}: {}.", said.join("; ")))
            .line((30, 140), (290, 140));
    for (at, n) in (0..5).zip(&dots) {
        picture = picture.label(60 + 50 * at, 160, &(start + at).to_string());
        for dot in 0..*n {
            picture = picture.dot(60 + 50 * at, 130 - 16 * dot);
        }
    }
    let cut = start + g.int(1..=3);
    let often = dots[usize::try_from(cut - start).ok()?];
    let above: i64 = all.iter().filter(|value| **value > cut).count().try_into().ok()?;
    let below = total - above - often;
    let draft = if g.level() == Lower || g.one_in(2) {
        if above == 0 {
            return None;
        }
        Draft::new(format!(
            "The dot plot shows {what} for each {who}. How many {many} had more than {cut} {units}?"
        ))
        .key(int(above))
        .wrong(
            int(above + often),
            mistake("counts-the-limit-too", "counts those exactly at the limit as more"),
        )
        .wrong(
            positive(below),
            mistake("counts-the-other-side", "counts those below the limit instead of above"),
        )
        .wrong(positive(often), mistake("counts-only-the-limit", "counts only those exactly at the limit"))
        .wrong(int(total), mistake("counts-every-dot", "counts all the dots"))
        .wrong(
            int(start + 4 - cut),
            mistake("counts-columns", "counts the columns of the plot instead of the dots"),
        )
        .hint(format!("Each dot stands for a single {who}. Where on the plot do you have to look?"))
        .hint(format!("More than {cut} does not include {cut} itself. Count the dots to the right of it."))
        .step(
            format!(
                "To the right of {cut} there {} in all.",
                if above == 1 { "is 1".to_owned() } else { format!("are {above}") }
            ),
            int(above),
        )
    } else {
        let key = middle(&all);
        let mean = Q::new(all.iter().sum(), total);
        Draft::new(format!("The dot plot shows {what} for each {who}. What is the median number of {units}?"))
            .key(dec(key))
            .wrong(
                int(start + 2),
                mistake("middle-of-the-scale", "takes the middle of the scale without looking at the dots"),
            )
            .wrong(
                dec(middle(&sorted(&dots))),
                mistake(
                    "median-of-the-heights",
                    "takes the median of how many dots there are in each column",
                ),
            )
            .wrong(dec(mean), mistake("mean-for-median", "gives the mean instead of the median"))
            .wrong(int(4), mistake("range-for-average", "gives the range instead of the average asked for"))
            .wrong(int(total), mistake("counts-every-dot", "counts all the dots"))
            .hint(format!("The median is the value of the {who} in the middle of the line."))
            .hint("Count all the dots. Then count from the left until you reach the middle one.")
            .say(format!("There are {total} dots. In order their values are {}.", row(&all)))
            .step(format!("The middle of these is {}.", dec(key).text), dec(key))
    };
    Some(draft.figure(picture))
}

fn stem_plot(g: &mut Gen) -> Option<Draft> {
    let first = g.int(1..=6);
    let count = g.pick(&[7, 8, 9, 10, 11]);
    let values = sorted(&(0..count).map(|_| g.int(first * 10..=first * 10 + 29)).collect::<Vec<_>>());
    let leaves = |stem: i64| {
        values
            .iter()
            .filter(|value| **value / 10 == stem)
            .map(|value| (value % 10).to_string())
            .collect::<Vec<_>>()
            .join(" ")
    };
    if (first..first + 3).any(|stem| leaves(stem).is_empty()) {
        return None;
    }
    let what = g.pick(&[
        "ages of the singers in a choir",
        "scores of a quiz team",
        "numbers of cars that crossed a bridge",
        "heights of sunflowers in inches",
    ]);
    let rows: Vec<Vec<String>> =
        (first..first + 3).map(|stem| vec![stem.to_string(), leaves(stem)]).collect();
    let said: Vec<String> = (first..first + 3)
        .map(|stem| {
            let all = leaves(stem).replace(' ', ", ");
            format!("stem {stem}, {} {all}", if all.len() == 1 { "one leaf:" } else { "leaves" })
        })
        .collect();
    let picture = Picture::table(
        format!(
            "A stem-and-leaf plot of the {what}, in which stem {first} and leaf 4 would mean {first}4. The rows are: {}.",
            said.join("; ")
        ),
        &["Stem", "Leaf"],
        &rows,
    );
    let (least, most) = (values[0], values[values.len() - 1]);
    let mean = Q::new(values.iter().sum(), size(&values));
    let key = middle(&values);
    let leaf_list = sorted(&values.iter().map(|value| value % 10).collect::<Vec<_>>());
    let draft = if g.one_in(2) {
        Draft::new(format!("The stem-and-leaf plot shows the {what}. What is the median?"))
            .key(dec(key))
            .wrong(
                dec(middle(&leaf_list)),
                mistake("leaves-without-stems", "uses the leaves alone and forgets the stems"),
            )
            .wrong(int(mean), mistake("mean-for-median", "gives the mean instead of the median"))
            .wrong(
                int(most - least),
                mistake("range-for-average", "gives the range instead of the average asked for"),
            )
            .wrong(
                dec(Q::new(least + most, 2)),
                mistake(
                    "halfway-for-median",
                    "takes the number halfway between the smallest and the largest as the median",
                ),
            )
            .wrong(
                int(first * 10 + 10),
                mistake("middle-stem-for-median", "takes the middle stem as the median"),
            )
            .wrong(
                int(most),
                mistake("largest-for-average", "gives the largest number instead of the average asked for"),
            )
            .hint("Each leaf is one number. Its stem gives the tens.")
            .hint("The leaves are already in order. Count them all, and count to the middle.")
            .say(format!("The numbers are {}.", row(&values)))
            .step(format!("There are {count} of them, so the median is {}.", dec(key).text), dec(key))
    } else {
        Draft::new(format!("The stem-and-leaf plot shows the {what}. What is the range?"))
            .key(int(most - least))
            .wrong(
                positive(leaf_list[leaf_list.len() - 1] - leaf_list[0]),
                mistake("leaves-without-stems", "uses the leaves alone and forgets the stems"),
            )
            .wrong(int(most), mistake("largest-for-range", "gives the largest number instead of the range"))
            .wrong(int(20), mistake("range-of-stems", "subtracts the stems and leaves out the leaves"))
            .wrong(int(2), mistake("range-of-stems-as-ones", "subtracts the stems as if they were ones"))
            .wrong(dec(key), mistake("median-for-range", "gives the median instead of the range"))
            .hint(
                "The first leaf of the first row and the last leaf of the last row are the ends of the list.",
            )
            .hint("Write both ends with their tens, and subtract.")
            .step(format!("The largest number is {most}."), int(most))
            .step(format!("The smallest number is {least}."), int(least))
            .step(format!("The range is {most} − {least} = {}.", most - least), int(most - least))
    };
    Some(draft.figure(picture))
}

fn box_plot(g: &mut Gen) -> Option<Draft> {
    let start = g.int(5..=40);
    let gaps: Vec<i64> = (0..4).map(|_| g.int(3..=14)).collect();
    let five: Vec<i64> = (0..5).map(|n| start + gaps.iter().take(n).sum::<i64>()).collect();
    let [least, low, mid, high, most] = [five[0], five[1], five[2], five[3], five[4]];
    let what = g.pick(&[
        "the scores of a class",
        "the ages of the members of a club",
        "the prices of the plants in a shop, in dollars",
        "the masses of some melons, in ounces",
    ]);
    let x = |value: i64| 30 + (value - least) * 340 / (most - least);
    let mut picture = Picture::new(
        400,
        120,
        format!("A box plot of {what}. The left whisker begins at {least}. The box goes from {low} to {high}, with a line in it at {mid}. The right whisker ends at {most}."),
    )
    .rectangle(x(low), 30, x(high) - x(low), 40, false)
    .line((x(mid), 30), (x(mid), 70))
    .line((x(least), 50), (x(low), 50))
    .line((x(high), 50), (x(most), 50));
    for value in &five {
        picture = picture.label(x(*value), 96, &value.to_string());
    }
    let (whole, part) = (most - least, high - low);
    let draft = match g.int(0..=2) {
        0 => Draft::new(format!("The box plot shows {what}. What is the interquartile range?"))
            .key(int(part))
            .wrong(
                int(whole),
                mistake(
                    "range-for-interquartile-range",
                    "gives the whole range instead of the range of the box",
                ),
            )
            .wrong(int(mid), mistake("median-for-range", "gives the median instead of the range"))
            .wrong(
                int(mid - low),
                mistake("half-the-box", "measures only from the edge of the box to the median"),
            )
            .wrong(
                int(high - mid),
                mistake(
                    "upper-half-of-the-box",
                    "measures only from the median to the upper edge of the box",
                ),
            )
            .hint("A quartile is an edge of the box.")
            .hint("Subtract the number at the left edge of the box from the number at the right edge.")
            .step(format!("The upper quartile is {high}."), int(high))
            .step(format!("The lower quartile is {low}."), int(low))
            .step(format!("The interquartile range is {high} − {low} = {part}."), int(part)),
        1 => Draft::new(format!(
            "The box plot shows {what}. How much greater is the range than the interquartile range?"
        ))
        .key(int(whole - part))
        .wrong(int(whole), mistake("range-without-comparing", "gives the range and does not compare"))
        .wrong(
            int(part),
            mistake(
                "interquartile-range-without-comparing",
                "gives the interquartile range and does not compare",
            ),
        )
        .wrong(int(low - least), mistake("one-whisker-only", "counts only the left whisker"))
        .wrong(int(most - high), mistake("right-whisker-only", "counts only the right whisker"))
        .hint("The range goes from end to end. The interquartile range is the length of the box.")
        .hint("Work out both, and subtract.")
        .step(format!("The range is {most} − {least} = {whole}."), int(whole))
        .step(format!("The interquartile range is {high} − {low} = {part}."), int(part))
        .step(format!("The difference is {whole} − {part} = {}.", whole - part), int(whole - part)),
        _ => {
            let people = g.int(5..=30) * 4;
            let (from, to, share, name) = g.pick(&[
                (low, high, 2, "between the edges of the box"),
                (high, most, 1, "in the right whisker"),
                (low, most, 3, "to the right of the left edge of the box"),
            ]);
            let key = people / 4 * share;
            Draft::new(format!("The box plot shows {what}. There are {people} values, all different. How many of them lie between {from} and {to}?"))
                .key(int(key))
                .wrong(int(people / 4 * (4 - share)), mistake("other-part-of-the-box-plot", "counts the values that lie outside"))
                .wrong(int(to - from), mistake("length-for-count", "takes the length of a part as the number of values in it"))
                .wrong(int(people / 2 + people / 4 * (i64::from(share == 2))), mistake("box-as-three-quarters", "mixes up how much of the data each part of a box plot holds"))
                .wrong(int(people / 5 * share), mistake("fifths-for-quarters", "divides the data into five parts because five numbers are marked"))
                .wrong(int(people), mistake("all-values", "counts all the values"))
                .wrong(int(Q::new(people * (to - from), whole)), mistake("share-by-length", "thinks that longer parts of a box plot hold more values"))
                .hint("The five marked numbers cut the values into four parts of equal size.")
                .hint(format!("How many of the four parts lie {name}?"))
                .step(format!("Each of the four parts holds {people} ÷ 4 = {} values.", people / 4), int(people / 4))
                .step(format!("Between {from} and {to} {}, so there are {key} values.", if share == 1 { "lies 1 part".to_owned() } else { format!("lie {share} parts") }), int(key))
        }
    };
    Some(draft.figure(picture))
}

fn histogram(g: &mut Gen) -> Option<Draft> {
    let width = g.pick(&[5, 10, 20]);
    let counts: Vec<i64> = (0..4).map(|_| g.int(2..=12)).collect();
    let total: i64 = counts.iter().sum();
    let (who, what) = g.pick(&[
        ("runners", "running times, in minutes,"),
        ("students", "test scores"),
        ("musicians", "ages"),
        ("campers", "travel times, in minutes,"),
    ]);
    let names: Vec<String> = (0..4).map(|n| format!("{} to {}", n * width, (n + 1) * width - 1)).collect();
    let bars: Vec<(String, i64)> = names.iter().cloned().zip(counts.iter().copied()).collect();
    let said: Vec<String> = bars.iter().map(|(name, n)| format!("{name}, {n} {who}")).collect();
    let picture = Picture::bars(
        format!("A histogram of the {what} of some {who}: {}.", said.join("; ")),
        what.trim_end_matches(','),
        &bars,
        2,
    );
    let from = g.pick(&[1_usize, 2]);
    let inside: i64 = counts[from..].iter().sum();
    let key = Q::new(inside, total);
    if key.bottom() > 12 || key.bottom() == total {
        return None;
    }
    let at = names[from].split(' ').next()?.to_owned();
    let missing = counts[from];
    Some(
        Draft::new(format!("The histogram shows the {what} of some {who}. What fraction of the {who} are in the groups from {at} up?"))
            .figure(picture)
            .key(frac(key))
            .wrong(below_one(Q::new(inside, total - inside)), mistake("part-to-other-part", "compares the part with the rest instead of with the whole"))
            .wrong(frac(Q::new(total - inside, total)), mistake("fraction-of-the-others", "gives the fraction that is left over"))
            .wrong(frac(Q::new(i64::try_from(4 - from).ok()?, 4)), mistake("counts-bars", "counts the bars instead of what they stand for"))
            .wrong(frac(Q::new(inside - missing, total)), mistake("leaves-out-the-first-group", "leaves out the group at the limit"))
            .wrong(frac(Q::new(1, inside)), mistake("one-over-count", "writes one over the number counted"))
            .hint("A fraction needs a part and a whole. What is the whole here?")
            .hint(format!("Add all the bars for the whole. Add the bars from {at} up for the part."))
            .step(format!("In all there are {} = {total} {who}.", crate::maths::kit::plus(&counts)), int(total))
            .step(format!("From {at} up there are {inside}."), int(inside))
            .step(format!("The fraction is {inside}/{total} = {}.", frac(key).text), frac(key)),
    )
}

/// A fraction below one; nothing for any other, which no child would take for a part.
fn below_one(value: Q) -> crate::exact::Value {
    frac(if value < Q::from(1) { value } else { Q(None) })
}
