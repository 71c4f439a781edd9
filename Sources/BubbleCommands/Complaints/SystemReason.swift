import Foundation

/// What the system says is wrong, without the path again.
func systemReason(_ error: any Error) -> String {
  let described = error as NSError
  let underlying = described.userInfo[NSUnderlyingErrorKey] as? NSError
  guard let code = (underlying ?? described).posixCode else { return "it is no readable file" }
  return String(cString: strerror(code)).lowercased()
}

extension NSError {
  fileprivate var posixCode: Int32? {
    domain == NSPOSIXErrorDomain ? Int32(code) : code == 260 ? ENOENT : nil
  }
}
