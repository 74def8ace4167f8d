import Glibc

/// The terminal, opened a second time: standard output and error are held back while the screen is up.
struct ScreenFiles {
  let input: UnsafeMutablePointer<FILE>
  let output: UnsafeMutablePointer<FILE>
  let inputNumber: Int32
  let outputNumber: Int32

  /// Duplicates of the two descriptors; nil where the system refuses.
  init?(input: Int32, output: Int32) {
    inputNumber = fcntl(input, F_DUPFD_CLOEXEC, 3)
    outputNumber = fcntl(output, F_DUPFD_CLOEXEC, 3)
    guard let reader = fdopen(inputNumber, "r"), let writer = fdopen(outputNumber, "w") else {
      Glibc.close(inputNumber)
      Glibc.close(outputNumber)
      return nil
    }
    self.input = reader
    self.output = writer
  }

  func close() {
    fclose(input)
    fclose(output)
  }

  /// Sends text to the terminal at once.
  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while let start = rest.baseAddress, rest.count > 0 {
        let count = Glibc.write(outputNumber, start, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
  }
}
