//! Prints feedback on an essay: `review PROMPT FILE [spoken]`.

use std::error::Error;

use iseetutor_curriculum::content::Library;
use iseetutor_exam::essay::{Asked, review, spoken};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(prompt), Some(file)) = (arguments.next(), arguments.next()) else {
        return Err("say which prompt and which file: review lower.lost-thing essay.txt".into());
    };
    let asked = Asked::find(Library::embedded()?, &prompt).ok_or("there is no such prompt")?;
    let found = review(&asked, &std::fs::read_to_string(file)?, arguments.next().is_some());
    println!("{:?} {:?}\n", found.state, found.counts);
    for remark in &found.remarks {
        println!("{}", remark.name);
        for (kind, point) in [("good", &remark.good), ("next", &remark.next)] {
            if let Some(point) = point {
                println!("  {kind}: {}", point.say);
            }
        }
    }
    println!();
    for say in spoken(&found) {
        println!("> {say}");
    }
    Ok(())
}
