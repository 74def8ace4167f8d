import Autograd
import Datasets
import Testing

@Suite struct CSVFileTests {
  func read(_ text: String, _ options: CSVOptions = CSVOptions()) throws -> TableDataset {
    try CSVFile.read(Array(text.utf8), source: "t.csv", options: options)
  }

  func defect(_ text: String, _ options: CSVOptions = CSVOptions()) -> FileDefect? {
    datasetError { try read(text, options) }?.defect
  }

  @Test func aHeaderNamesTheColumns() throws {
    let table = try read("x,y,class\n1,2,0\n3,4,1\n")
    #expect(table.featureNames == ["x", "y"])
    #expect(table.features == [1, 2, 3, 4])
    #expect(table.targets == .classes([0, 1], names: ["0", "1"]))
    #expect(table.name == "t.csv")
  }

  @Test func withoutAHeaderColumnsAreNumbered() throws {
    let table = try read("1,2,0\n3,4,1")
    #expect(table.featureNames == ["column 1", "column 2"])
    #expect(table.count == 2)
  }

  @Test func aTextLabelDoesNotMakeTheFirstLineAHeader() throws {
    let table = try read("5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,setosa\n")
    #expect(table.targets == .classes([0, 1, 0], names: ["setosa", "versicolor"]))
  }

  @Test func aHeaderOfNumbersMustBeSaidToBeOne() throws {
    #expect(try read("0,1,2\n5,6,7\n", CSVOptions(hasHeader: true)).featureNames == ["0", "1"])
    #expect(try read("0,1,2\n5,6,7\n").count == 2)
  }

  @Test func aTargetColumnIsFoundByName() throws {
    let table = try read("label,x\n3,0.5\n1,0.25\n", CSVOptions(targetColumn: .named("label")))
    #expect(table.featureNames == ["x"])
    #expect(table.features == [0.5, 0.25])
    #expect(table.targets == .classes([1, 0], names: ["1", "3"]))
  }

  @Test func integerLabelsAreOrderedByValue() throws {
    #expect(try read("1,10\n1,9\n1,-1\n").classNames == ["-1", "9", "10"])
  }

  @Test func aValidationSetKeepsTheClassesOfItsTrainingSet() throws {
    let options = CSVOptions(target: .classesNamed(["ant", "bee", "cow"]))
    #expect(try read("1,cow\n2,ant\n", options).targets == .classes([2, 0], names: ["ant", "bee", "cow"]))
    let found = defect("1,cow\n2,dog\n", options)
    #expect(found?.location == .line(2, column: 2))
    #expect(found?.expected == "one of the classes ant, bee, cow")
    #expect(found?.got == "'dog'")
  }

  @Test func targetsMayBeValues() throws {
    let table = try read("1,0.5\n2,-3e2\n", CSVOptions(target: .values))
    #expect(table.targets == .values([0.5, -300]))
    let found = defect("1,0.5\n2,high\n", CSVOptions(target: .values))
    #expect(found?.location == .line(2, column: 2))
  }

  @Test(arguments: [(CSVOptions.Separator.semicolon, "1;2\n"), (.tab, "1\t2\n"), (.comma, "1,2\n")])
  func fieldsMayBeSeparatedOtherwise(separator: CSVOptions.Separator, text: String) throws {
    #expect(try read(text, CSVOptions(separator: separator)).features == [1])
  }

  @Test func windowsLinesBlankLinesSpacesAndAByteOrderMarkAreAccepted() throws {
    #expect(try read("\u{FEFF}x,y\r\n\r\n 1 ,\t2\r\n   \r\n3,4\r\n") == read("x,y\n1,2\n3,4\n"))
  }

  @Test func fieldsMayStandInQuotes() throws {
    let table = try read("\"a, b\",\"say \"\"so\"\"\"\n\"1\",\"x\" \n", CSVOptions(hasHeader: true))
    #expect(table.featureNames == ["a, b"])
    #expect(table.classNames == ["x"])
    #expect(try read("1,\"say \"\"so\"\"\"\n").classNames == ["say \"so\""])
  }

  @Test(arguments: [
    ("0", Float(0)), ("9999999", 9_999_999), ("16777217", 16_777_216), ("-1.5", -1.5), ("+2", 2),
    ("1e-3", 0.001),
    (".5", 0.5), ("0.1", 0.1), ("123456789", 123_456_792),
  ])
  func numbersRoundToTheNearestFloat(text: String, value: Float) throws {
    #expect(try read("\(text),0\n").features == [value])
  }

  @Test(arguments: ["x", "", "nan", "inf", "0x10", "1e99", "1,0,", "1 2", "--1", "é"])
  func whatIsNoFiniteNumberIsRefused(text: String) {
    #expect(defect("1,0\n\(text),0\n") != nil)
  }

  @Test func aWrongNumberIsNamedByLineAndColumn() {
    #expect(
      datasetError { try read("x,y,class\n\n1,2,0\n3,4O,1\n") }?.description
        == "t.csv is not a valid CSV file: at line 4, column 2 expected a finite number, got '4O'. "
        + "Correct that line, or leave the column out.")
  }

  @Test func anEmptyFieldIsNamedAsSuch() {
    #expect(defect("1,2,0\n1,,0\n")?.got == "an empty field")
    #expect(defect("1,2,0\n1,2,\n")?.expected == "a target")
  }

  @Test(arguments: [("1,2,0\n1,2\n", "2"), ("1,2,0\n1,2,3,4\n", "4")])
  func aLineWithOtherColumnsThanTheFirstIsRefused(text: String, got: String) {
    let found = defect(text)
    #expect(found?.location == .line(2, column: nil))
    #expect(found?.expected == "3 columns, as in the first line")
    #expect(found?.got == got)
  }

  @Test(arguments: ["", "\n\n", "x,y\n"]) func aFileWithoutRowsIsRefused(text: String) {
    #expect(defect(text)?.expected.hasPrefix("a row") == true)
  }

  @Test func oneColumnIsTooFewAndTheSeparatorIsNamed() {
    #expect(defect("1;2\n")?.expected == "at least 2 columns separated by ','")
  }

  @Test func aTargetColumnThatIsNotThereIsRefused() {
    let found = defect("x,y\n1,2\n", CSVOptions(targetColumn: .named("label")))
    #expect(found?.expected == "a column named 'label'")
    #expect(found?.got == "x, y")
  }

  @Test func aLineMayBreakInQuotes() throws {
    let table = try read("x,\"the\nclass\"\n1,a\n2,\"b\n\"\n")
    #expect(table.classNames == ["a", "b\n"])
    #expect(defect("1,\"a\nb\"\n2\n")?.location == .line(3, column: nil))
  }

  @Test func quotesMustEnd() {
    #expect(defect("1,2\n1,\"a\n2,b\n")?.location == .line(2, column: 2))
    #expect(defect("1,\"a\"b\n")?.expected == "a separator after the quoted field")
  }

  @Test func aLongFieldIsCutInTheError() {
    let found = defect("1,0\n\(String(repeating: "z", count: 1000)),0\n")
    #expect(found?.got == "'\(String(repeating: "z", count: 24))…'")
  }
}
