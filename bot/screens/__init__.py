"""What people see: screens drawn from values by the catalogue of their language."""
