import Autograd
import Datasets
import Testing

/// A table of text, prepared.
func prepared(
  _ text: String, test: String? = nil, _ change: (inout TableOptions) -> Void = { _ in }
) throws -> PreparedTable {
  var options = TableOptions()
  change(&options)
  return try PreparedTable(
    csv: Array(text.utf8), source: "t.csv", options: options, seed: 1,
    test: test.map { (Array($0.utf8), "test.csv") })
}

/// What was decided about a table of text.
func decided(_ text: String, _ change: (inout TableOptions) -> Void = { _ in }) throws -> String {
  try prepared(text, change).sentence
}

/// Rows of two numbers and a word, which repeat.
let flowers = (0..<10).map { "\($0).5,\(10 - $0),\($0 < 5 ? "rose" : "tulip")\n" }.joined()

@Suite struct PreparedTableTests {
  @Test func whatWasDecidedIsOneLine() throws {
    #expect(
      try decided("x,y,kind\n" + flowers)
        == "10 rows, 2 numbers, class 'kind' in column 3: rose, tulip; standardized; 20 % to validate")
    #expect(try decided(flowers).hasPrefix("10 rows, 2 numbers, class in column 3: rose, tulip;"))
  }

  @Test(arguments: [";", "\t", " ", "  "]) func theSeparatorIsFound(separator: String) throws {
    let text = flowers.replacing(",", with: separator)
    #expect(try decided(text).hasPrefix("10 rows, 2 numbers, class in column 3: rose, tulip;"))
  }

  @Test func theSeparatorCanBeSaid() throws {
    let text = "a|b,c;1\na|b,c;2\na|b,d;1\na|b,d;2\n"
    #expect(try decided(text) { $0.separator = .semicolon }.contains("class in column 2: 1, 2"))
    #expect(try decided("sep=;\n" + flowers.replacing(",", with: ";")).hasPrefix("10 rows, 2 numbers"))
  }

  @Test func aCommaIsADecimalPointWhereItDoesNotSeparate() throws {
    let text = flowers.replacing(",", with: ";").replacing(".", with: ",")
    let table = try prepared(text) { $0.standardizes = false }
    #expect(
      try table.train.batch(at: [0]).inputs.array(Float.self)[0].truncatingRemainder(dividingBy: 1) == 0.5)
  }

  @Test func commentsBlankLinesAndAByteOrderMarkComeBeforeTheData() throws {
    #expect(try decided("\u{FEFF}# from a book\n\n# 1931\nx,y,kind\n" + flowers).hasPrefix("10 rows"))
  }

  @Test func textMayBeUTF16OrLatin1OrCompressed() throws {
    let text = "x,y,kind\n" + flowers.replacing("rose", with: "rosé")
    let units = Array(text.utf16)
    let little = units.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    let big = units.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    let latin = units.map { UInt8(truncatingIfNeeded: $0) }
    for bytes in [[0xFF, 0xFE] + little, [0xFE, 0xFF] + big, latin, try gzipped(Array(text.utf8))] {
      let table = try PreparedTable(csv: bytes, source: "t", options: TableOptions(), seed: 1, test: nil)
      #expect(table.train.classNames == ["rosé", "tulip"])
    }
  }

  @Test(arguments: [
    ("<!DOCTYPE html><html>", "a web page (HTML)"), ("PAR1....", "a Parquet file"),
    ("SQLite format 3\0", "a SQLite database, such as a recording"), ("{\"a\": 1}", "a JSON file"),
    ("version https://git-lfs.github.com/spec/v1", "a pointer of Git LFS in place of the file"),
    ("a,b\0,c", "bytes that are not text"),
  ])
  func whatIsNoTableIsNamed(text: String, name: String) {
    #expect(datasetError { try prepared(text) }?.defect?.got == name)
  }

  @Test(arguments: [
    ("<html>", "download the file itself"), ("PK\u{3}\u{4}", "save the spreadsheet as CSV text"),
    ("PAR1....", "Save the table as CSV text."), ("version https://git-lfs", "git lfs pull"),
  ])
  func whatToDoIsSaid(text: String, advice: String) {
    #expect(datasetError { try prepared(text) }?.defect?.advice.contains(advice) == true)
  }

  @Test func theHeaderIsFoundByTheTypesBelow() throws {
    // Words above numbers are names; words above the same words are not.
    #expect(try prepared("a,b\nx,1\ny,2\nx,1\ny,2\n").train.featureCount == 2)
    #expect(try decided("x,p\ny,q\nx,p\ny,q\n").hasPrefix("4 rows"))
    #expect(try decided("color,kind\nred,p\nblue,q\nred,p\nblue,q\n").hasPrefix("4 rows"))
    #expect(try decided("1,2,p\n3,4,q\n1,2,p\n3,4,q\n").hasPrefix("4 rows"))
    #expect(try decided("1,2,p\n3,4,q\n1,2,p\n3,4,q\n1,2,p\n") { $0.hasHeader = true }.hasPrefix("4 rows"))
  }

  @Test func pandasNumbersColumnsWithoutNames() throws {
    let sentence = try decided("0,1,2\n" + flowers)
    #expect(
      sentence.hasPrefix("10 rows, 2 numbers, class '2' in column 3: rose, tulip; the first line, 0, 1, 2,"))
  }

  @Test func aNamelessColumnThatCountsRowsIsLeftOut() throws {
    let rows = (0..<10).map { "\($0),\($0).5,\($0 < 5 ? "p" : "q")\n" }.joined()
    #expect(try decided(",x,kind\n" + rows).contains("left out: 'column 1', which counts the rows"))
    #expect(try decided(rows + "10,1.5,p\n").contains("left out: 'column 1', which counts the rows"))
    #expect(try prepared("n,x,kind\n" + rows).train.featureCount == 2)
  }

  @Test func aColumnThatNamesItsRowsIsLeftOut() throws {
    let rows = (0..<20).map { "name \($0),\($0).5,\($0 < 10 ? "p" : "q")\n" }.joined()
    #expect(
      try decided("who,x,kind\n" + rows).contains("left out: 'who', whose words differ from row to row"))
  }

  @Test func theTargetIsNamedOrNumberedOrAtAnEnd() throws {
    let text = "kind,x,y\n" + (0..<10).map { "\($0 < 5 ? "p" : "q"),\($0).5,\($0 % 2)\n" }.joined()
    for target in [TableOptions.Target.first, .column("kind"), .column("1")] {
      #expect(try prepared(text) { $0.target = target }.train.classNames == ["p", "q"])
    }
    #expect(try prepared(text) { $0.target = .last }.train.classNames == ["0", "1"])
    let error = datasetError { try prepared(text) { $0.target = .column("color") } }
    #expect(error?.defect?.expected == "a column 'color', as --target says")
    #expect(error?.defect?.got == "kind, x, y")
  }

  @Test func wordsBecomeCategories() throws {
    let text = "color,x,kind\nred,1,p\nblue,2,q\nred,3,p\ngreen,4,q\nred,5,p\n"
    let table = try prepared(text) { $0.standardizes = false }
    #expect(table.train.featureCount == 4)
    #expect(table.sentence.contains("1 number, 1 column of words ('color', 3 categories), class 'kind'"))
    let inputs = try table.train.batch(at: Array(0..<table.train.count)).inputs
    for row in 0..<table.train.count {
      #expect(inputs.array(Float.self)[row * 4..<row * 4 + 3].reduce(0, +) == 1)
    }
  }

  @Test func columnsCanBeLeftOut() throws {
    let table = try prepared("x,y,kind\n" + flowers) { $0.drop = ["x"] }
    #expect(table.train.featureCount == 1)
    #expect(table.sentence.contains("left out: 'x';"))
  }

  @Test func aWordAmongNumbersIsAMistakeWithItsPlace() {
    let text = "x,kind\n1,p\n2,q\n3O,p\n4,q\n"
    #expect(datasetError { try prepared(text) }?.defect?.location == .line(4, column: 1))
    #expect(datasetError { try prepared(text) }?.defect?.got == "'3O'")
    #expect(datasetError { try prepared(text.replacing("3O", with: "1e99")) }?.defect?.got == "'1e99'")
  }

  @Test(arguments: ["", "NA", "NaN", "?", "null"]) func aMissingValueIsAskedFor(mark: String) throws {
    let text = "x,y,kind\n" + flowers + "\(mark),1,rose\n"
    let error = datasetError { try prepared(text) }
    #expect(error?.defect?.location == .line(12, column: 1))
    #expect(error?.defect?.got == "none; 1 of 11 rows lacks a value")
    #expect(
      try prepared(text) { $0.missing = .drop }.sentence.contains("1 row with a missing value left out"))
    let filled = try prepared(text) { $0.missing = .mean }
    #expect(filled.train.count + filled.validation.count == 11)
    let all = try filled.train.batch(at: Array(0..<filled.train.count)).inputs.array(Float.self)
    #expect(all.allSatisfy { $0.isFinite })
  }

  @Test func aTableOfOneClassIsRefused() {
    let one = datasetError { try prepared("a,b,class\n1,2,x\n2,3,x\n3,4,x\n") }
    #expect(one?.defect?.expected == "at least 2 classes in the target 'class' in column 3")
    #expect(one?.defect?.got == "only 'x' in all rows")
    let first = datasetError { try prepared("label,a,b\n3,2,0\n4,3,0\n3,4,0\n") }
    #expect(first?.defect?.advice.contains("--target label") == true)
  }

  @Test func asManyClassesAsRowsAreRefused() {
    let error = datasetError { try prepared("a,n\n1,5\n2,6\n3,7\n4,8\n") }
    #expect(error?.defect?.got == "4 different ones in 4 rows")
    #expect(error?.defect?.advice.contains("--task regression") == true)
  }

  @Test func anOddFirstLineIsNamed() {
    let error = datasetError { try prepared("4,2,x\n1,2,3,p\n3,4,5,q\n1,2,3,p\n") }
    #expect(error?.defect?.location == .line(1, column: nil))
    #expect(error?.defect?.expected == "4 columns, as in the next line")
  }

  @Test func aHeaderOfOneNameLessIsThatOfRowNames() throws {
    let text = "\"x\" \"kind\"\n\"1\" 2.5 \"p\"\n\"2\" 3.5 \"q\"\n\"3\" 4.5 \"p\"\n\"4\" 5.5 \"q\"\n"
    #expect(try prepared(text).train.featureCount == 1)
    #expect(try decided(text).contains("class 'kind' in column 3: p, q"))
  }
}
