import Autograd
import Datasets
import Testing

/// What is decided about headers, row names, separators and targets of tables as people have them.
@Suite struct TableRulesTests {
  @Test func anEmptyFirstNameIsThatOfAHeader() throws {
    let words = ",age,sex,class\n1,old,man,yes\n2,young,woman,no\n3,old,woman,yes\n4,young,man,no\n"
    #expect(try decided(words).hasPrefix("4 rows, 2 columns of words"))
    #expect(try decided(words).contains("class 'class' in column 4: no, yes"))
    let numbers = "\"\",1.5,2.5\n9.4,0,1\n9.5,1,0\n9.6,0,1\n9.7,1,0\n"
    #expect(try decided(numbers).hasPrefix("4 rows, 2 numbers, class '2.5' in column 3: 0, 1"))
  }

  @Test func aNamelessColumnOfDifferentValuesNamesTheRows() throws {
    for prefix in ["8", "row "] {
      let rows = (10..<30).map { "\(prefix)\($0 * 7),\($0).5,\($0 < 20 ? "p" : "q")\n" }.joined()
      #expect(try decided(",x,kind\n" + rows).contains("left out: 'column 1', which names the rows"))
    }
    let repeated = (0..<20).map { "\($0 / 2),\($0).5,\($0 < 10 ? "p" : "q")\n" }.joined()
    #expect(try prepared(",x,kind\n" + repeated).train.featureCount == 2)
  }

  @Test func aHeaderMayHaveYears() throws {
    let rows = (0..<10).map { "land \($0 % 5),\($0).5,2.5,\($0).25,\($0 % 2)\n" }.joined()
    #expect(try decided("country,1960,1961,1962,1963\n" + rows).hasPrefix("10 rows, 3 numbers"))
    #expect(try decided("country,1980,1990,2000,2010\n" + rows).hasPrefix("10 rows, 3 numbers"))
    #expect(try decided("land 7,1980,1991,2000,2010\n" + rows).hasPrefix("11 rows, 3 numbers"))
  }

  @Test func aHeaderMayBeInSingleQuotes() throws {
    let text = ("'x','y','kind'\n" + flowers).replacing(",", with: "\t")
    #expect(
      try decided(text) { $0.target = .column("kind") }.contains("class 'kind' in column 3: rose, tulip"))
  }

  @Test func aCommaSeparatesRatherThanTheSpacesInADate() throws {
    let rows = (0..<60).map { "\($0 < 30 ? "MSFT" : "IBM"),Jan \($0 % 7) 2000,\($0).25\n" }.joined()
    #expect(
      try decided("symbol,date,price\n" + rows).contains("regression of the number 'price' in column 3"))
    #expect(
      try decided("date,kind\n" + rows.replacing("MSFT,", with: "").replacing("IBM,", with: ""))
        .contains("regression of the number 'kind' in column 2"))
  }

  @Test func aLineOfOtherLengthSaysWhatWasSplitAt() {
    let advice = datasetError { try prepared("x,kind\n1,p\n2,q\n1,p,4\n") }?.defect?.advice
    #expect(advice?.hasSuffix("Lines were split at commas; --separator names another separator.") == true)
    let one = datasetError { try prepared("a\nb\n1,p\n") }?.defect
    #expect(one?.expected == "1 column, as in the first line")
  }

  @Test func aColumnAloneIsReportedAtItsFirstLine() {
    #expect(datasetError { try prepared("x\n1\n2\n") }?.defect?.location == .line(1, column: nil))
    let empty = datasetError { try prepared("") }
    #expect(
      empty?.description
        == "t.csv is not a valid CSV file: expected a row, got an empty file. Write or fetch it again.")
  }

  @Test func manyWholeNumbersAreARegression() throws {
    func text(_ different: Int, _ rows: Int) -> String {
      "x,n\n" + (0..<rows).map { "\($0).5,\($0 % different)\n" }.joined()
    }
    let few = try prepared(text(30, 200))
    #expect(few.train.classNames.isEmpty)
    #expect(few.sentence.contains("regression of the number 'n'"))
    #expect(few.sentence.hasSuffix("--task classification learns classes instead"))
    #expect(try prepared(text(101, 2000)).train.classNames.isEmpty)
    #expect(try prepared(text(26, 300)).train.classNames.count == 26)
    #expect(try prepared(text(30, 200)) { $0.task = .classification }.train.classNames.count == 30)
  }

  @Test func aTargetThatMayBeMeantIsNamedOnlyWhereNoneIsSaid() throws {
    func text(_ names: String, _ fraction: String = "") -> String {
      names + "\n" + (0..<20).map { "\($0 % 2)\(fraction),\($0),\($0).5\n" }.joined()
    }
    let hint = "--target label learns 'label' instead"
    #expect(try decided(text("label,a,b")).hasSuffix(hint))
    #expect(try !decided(text("label,a,b")) { $0.target = .column("b") }.contains(hint))
    #expect(try !decided(text("label,a,b", ".5")).contains("instead"))
    #expect(try decided(text("y,a,b")).hasSuffix("--target y learns 'y' instead"))
    #expect(try !decided(text("y,x,b")).contains("instead"))
  }

  @Test func tooManyCategoriesAreSaidToBe() throws {
    let rows = (0..<300).map { "name \($0 % 150),\($0).5,\($0 < 150 ? "p" : "q")\n" }.joined()
    #expect(
      try decided("who,x,kind\n" + rows).contains("left out: 'who', which has too many categories (150)"))
  }

  @Test func aWordAmongNumbersNamesTheColumnToLeaveOut() {
    let error = datasetError { try prepared("family,x,kind\n1,1,p\n136A,2,q\n3,3,p\n4,4,q\n") }
    #expect(error?.defect?.expected == "a finite number in 'family'")
    #expect(error?.defect?.advice.hasSuffix("--drop family") == true)
    #expect(error?.description.hasPrefix("t.csv cannot be trained on: at line 3, column 1") == true)
    let quoted = datasetError { try prepared("Family No,x,kind\n1,1,p\n136A,2,q\n3,3,p\n4,4,q\n") }
    #expect(quoted?.defect?.advice.hasSuffix("--drop \"Family No\"") == true)
  }

  @Test func whatIsMissingIsCountedByKind() throws {
    let rows = (0..<20).map { "\($0),\($0 % 2 == 0 ? "red" : "blue"),\($0).5\n" }.joined()
    let text = "x,color,price\n" + rows + "NA,red,1.5\nNA,,2.5\n3,red,\n4,,\n5,red,NA\n"
    #expect(
      datasetError { try prepared(text) }?.defect?.got
        == "none; 5 of 25 rows lack a value ('price' 3, 'x' 2, 'color' 2)")
    #expect(try decided(text) { $0.missing = .drop }.contains("; 5 rows with a missing value left out;"))
    #expect(
      try decided(text) { $0.missing = .mean }.contains(
        "; 3 rows without a target left out; 2 rows with a missing number, filled with the mean; "
          + "1 row with a missing word, which is in no category;"))
  }
}

/// How the columns of a table that validates are found.
@Suite struct TestHeaderTests {
  private let train = "x,y,kind\n" + flowers

  private func validation(_ test: String) throws -> (inputs: [Float], count: Int) {
    let table = try prepared(train, test: test) { $0.standardizes = false }
    let count = table.validation.count
    return (Array(try table.validation.batch(at: Array(0..<count)).inputs.array(Float.self)), count)
  }

  @Test func columnsAreFoundByName() throws {
    #expect(try validation("x,y,kind\n1,2,rose\n").inputs == [1, 2])
    #expect(try validation("kind,other,y,x\nrose,9,2,1\n").inputs == [1, 2])
    #expect(try validation("y;kind;x\n2;rose;1\n4;tulip;3\n").inputs == [1, 2, 3, 4])
  }

  @Test func aTableWithoutAHeaderKeepsItsFirstRow() throws {
    let (inputs, count) = try validation("1,2,rose\n3,4,tulip\n")
    #expect(count == 2)
    #expect(inputs == [1, 2, 3, 4])
    let both = try prepared(flowers, test: "x,y,kind\n1,2,rose\n")
    #expect(both.validation.count == 1)
  }

  @Test func otherNamesAreRefused() {
    let error = datasetError { try validation("x,z,kind\n1,2,rose\n") }
    #expect(error?.defect?.expected == "a column 'y', as in the table that is trained on")
    #expect(error?.defect?.got == "x, z, kind")
  }
}
