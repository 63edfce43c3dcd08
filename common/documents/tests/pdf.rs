//! Pages as typesetters and scanners make them, written here with lopdf and read back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_documents::{Document, Error, Kind, Limits, parse};
use lopdf::{Object, Stream, dictionary};

/// A word at a place: x and y in points from the page's lower left corner, size in points.
type Piece = (f64, f64, f64, &'static str);

fn page_of(pieces: &[Piece]) -> String {
    let mut content = String::from("BT\n");
    for (x, y, size, text) in pieces {
        let text = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        content += &format!("/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj\n");
    }
    content + "ET\n"
}

/// A PDF of pages with Helvetica, each given by its content stream; the file is changed by `change` before it is written.
fn pdf(contents: &[String], change: impl Fn(&mut lopdf::Document, &[lopdf::ObjectId])) -> Vec<u8> {
    let mut file = lopdf::Document::with_version("1.7");
    let pages = file.new_object_id();
    let font = file.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = file.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut ids = Vec::new();
    for content in contents {
        let stream = file.add_object(Stream::new(dictionary! {}, content.clone().into_bytes()));
        let media: Vec<Object> = [0, 0, 612, 792].map(Object::from).to_vec();
        ids.push(file.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => stream, "MediaBox" => media, "Resources" => resources,
        }));
    }
    let kids: Vec<Object> = ids.iter().map(|id| Object::from(*id)).collect();
    let count = i64::try_from(ids.len()).unwrap();
    file.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    change(&mut file, &ids);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> Result<Document, Error> {
    parse(bytes, "pdf", &Limits::default())
}

fn text(document: &Document) -> String {
    document.blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n")
}

const FILLING: [&str; 6] = [
    "A river begins where rain and melting snow collect,",
    "and it runs down the steepest way that it can find.",
    "On its way it takes sand and small stones along, and",
    "where the ground is flat it lets them fall again. So",
    "a plain grows at its mouth, a little every year, and",
    "people have farmed such plains for a very long time.",
];

fn column(x: f64, top: f64, lines: &[&'static str]) -> Vec<Piece> {
    (0_u32..).zip(lines).map(|(at, line)| (x, top - f64::from(at) * 13.0, 9.0, *line)).collect()
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let left =
        ["Left one begins the page and", "goes on for some lines in its", "own column until it ends here."];
    let right =
        ["Right one stands beside it and", "is read after all of the left", "although it is as high up."];
    let mut pieces = column(60.0, 700.0, &left);
    pieces.extend(column(330.0, 700.0, &right));
    let document = read(&pdf(&[page_of(&pieces)], |_, _| {})).unwrap();
    let all = text(&document).replace('\n', " ");
    let at = |what: &str| all.find(what).unwrap_or_else(|| panic!("{what} is missing in: {all}"));
    assert!(at("until it ends here") < at("Right one"), "{all}");
    assert!(at("Left one") < at("goes on for") && at("is read after") < at("as high up"), "{all}");
}

#[test]
fn a_word_that_is_divided_is_one_and_what_stands_on_every_page_is_dropped() {
    let numbers = ["17", "18", "19", "20"];
    let pages: Vec<String> = numbers
        .iter()
        .map(|number| {
            let mut pieces = vec![(220.0, 760.0, 8.0, "The Book of Rivers"), (300.0, 30.0, 8.0, number)];
            pieces.extend(column(72.0, 700.0, &FILLING));
            pieces.extend(column(
                72.0,
                600.0,
                &["The water of a river is never the same wa-", "ter twice, as the saying goes."],
            ));
            page_of(&pieces)
        })
        .collect();
    let document = read(&pdf(&pages, |_, _| {})).unwrap();
    let all = text(&document);
    assert!(all.contains("never the same water twice"), "{all}");
    assert!(!all.contains("The Book of Rivers"), "{all}");
    assert!(!numbers.iter().any(|number| all.split_whitespace().any(|word| word == *number)), "{all}");
    assert_eq!(document.pages, 4);
    assert!(document.blocks.iter().any(|block| block.page == 3), "pages are kept");
}

#[test]
fn large_type_is_a_heading() {
    let mut pieces = vec![(72.0, 720.0, 20.0, "How Rivers Grow")];
    pieces.extend(column(72.0, 680.0, &FILLING));
    let document = read(&pdf(&[page_of(&pieces)], |_, _| {})).unwrap();
    let first = &document.blocks[0];
    assert!(matches!(first.kind, Kind::Heading(_)), "{first:?}");
    assert_eq!(first.text, "How Rivers Grow");
    assert_eq!(document.blocks[1].kind, Kind::Paragraph);
}

#[test]
fn a_scanned_book_is_refused_with_what_mends_it_and_a_scanned_page_is_told() {
    let picture = |file: &mut lopdf::Document, ids: &[lopdf::ObjectId]| {
        let image = file.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "ColorSpace" => "DeviceGray",
                "BitsPerComponent" => 8,
            },
            vec![0],
        ));
        for id in ids {
            let page = file.get_object_mut(*id).unwrap().as_dict_mut().unwrap();
            page.set("Resources", dictionary! { "XObject" => dictionary! { "Im1" => image } });
        }
    };
    let scan = "q 600 0 0 780 6 6 cm /Im1 Do Q\n".to_owned();
    let error = read(&pdf(&[scan.clone(), scan.clone()], picture)).unwrap_err();
    assert_eq!(error, Error::Scanned { scanned: 2, pages: 2 });
    assert!(error.to_string().contains("ocrmypdf"), "{error}");
    let written = page_of(&column(72.0, 700.0, &FILLING));
    let document =
        read(&pdf(&[written.clone(), written, scan], |file, ids| picture(file, &ids[2..]))).unwrap();
    assert!(document.warnings[0].contains("1 of 3 pages are scanned"), "{:?}", document.warnings);
}

#[test]
fn an_encrypted_book_is_refused_as_such() {
    let bytes = pdf(&[page_of(&column(72.0, 700.0, &FILLING))], |file, _| {
        let encrypt = file.add_object(dictionary! {
            "Filter" => "Standard", "V" => 2, "R" => 3, "Length" => 128, "P" => -3904,
            "O" => Object::string_literal(vec![7; 32]), "U" => Object::string_literal(vec![9; 32]),
        });
        file.trailer.set("Encrypt", encrypt);
        let id = Object::string_literal(vec![1; 16]);
        file.trailer.set("ID", vec![id.clone(), id]);
    });
    assert_eq!(read(&bytes).unwrap_err(), Error::Encrypted);
}

#[test]
fn what_swells_or_loops_ends_with_an_error_or_with_the_rest() {
    let limits = Limits { part_bytes: 1 << 20, ..Limits::default() };
    let swollen = pdf(&[page_of(&column(72.0, 700.0, &FILLING))], |file, _| {
        for object in file.objects.values_mut() {
            if let Ok(stream) = object.as_stream_mut() {
                stream.set_plain_content(vec![b' '; 8 << 20]);
                stream.compress().unwrap();
            }
        }
    });
    assert!(swollen.len() < 100_000, "{}", swollen.len());
    let error = parse(&swollen, "pdf", &limits).unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. } | Error::Broken { .. }), "{error}");

    // A drawing that draws itself, twice.
    let looping = pdf(&[page_of(&column(72.0, 700.0, &FILLING)) + "/Fm1 Do\n"], |file, ids| {
        let form = file.new_object_id();
        let own = dictionary! { "XObject" => dictionary! { "Fm1" => form } };
        let content = b"/Fm1 Do /Fm1 Do".to_vec();
        let stream = Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => own },
            content,
        );
        file.objects.insert(form, stream.into());
        let page = file.get_object_mut(ids[0]).unwrap().as_dict_mut().unwrap();
        let font = page.get(b"Resources").unwrap().clone();
        let Object::Reference(font) = font else { panic!("resources are an object of their own") };
        let fonts = file.get_dictionary(font).unwrap().get(b"Font").unwrap().clone();
        let both = dictionary! { "Font" => fonts, "XObject" => dictionary! { "Fm1" => form } };
        file.get_object_mut(ids[0]).unwrap().as_dict_mut().unwrap().set("Resources", both);
    });
    match read(&looping) {
        Ok(document) => assert!(text(&document).contains("A river begins")),
        Err(error) => assert!(matches!(error, Error::TooLarge { .. } | Error::Broken { .. }), "{error}"),
    }

    let pages = vec![page_of(&column(72.0, 700.0, &FILLING)); 5];
    let few = Limits { pages: 4, ..Limits::default() };
    let error = parse(&pdf(&pages, |_, _| {}), "pdf", &few).unwrap_err();
    assert!(error.to_string().contains("its 5 pages is more than the 4 pages allowed"), "{error}");
}

#[test]
fn a_file_that_was_cut_or_changed_is_read_or_refused() {
    let whole = pdf(&[page_of(&column(72.0, 700.0, &FILLING))], |_, _| {});
    assert!(text(&read(&whole).unwrap()).contains("A river begins where rain"));
    for at in (0..whole.len()).step_by(7) {
        // What becomes of it does not matter here, as long as it is a result.
        let _ = read(&whole[..at]);
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        let _ = read(&changed);
    }
    assert!(matches!(read(b"%PDF-1.7\nnothing more"), Err(Error::Broken { .. })));
}
